import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { listen } from './events';
import { listenToKeys } from './keys';
import { App } from './shell/App';
import './style.css';

const theme = localStorage.getItem('albireo.theme');
if (theme) {
  document.documentElement.dataset.theme = theme;
}
render(<App />, document.getElementById('app')!);
listenToKeys();
listen();
