import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { listen } from './events';
import { listenToKeys } from './keys';
import { App } from './shell/App';
import { followTheme } from './shell/theme';
import './style.css';

followTheme();
render(<App />, document.getElementById('app')!);
listenToKeys();
listen();
