import type { Job } from './api';
import { attempt, loadCurve, loadNight, loadState, say } from './actions';
import { forgetPictures } from './frames/pictures';
import { now, set } from './store';

/** Follows what happens on the server. Once it is listened to, and again after a break, everything is asked for: nothing happens unseen. */
export function listen(): void {
  const source = new EventSource('/api/events');
  source.addEventListener('open', () => {
    // After a break another server may be there, which counts its runs anew.
    set(now().connected ? {} : { connected: true, job: null });
    void attempt(refresh);
  });
  source.addEventListener('error', () => {
    set({ connected: false });
    if (source.readyState === EventSource.CLOSED) {
      void attempt(loadState); // refused for good: the server's sentence says why
    }
  });
  source.addEventListener('job', (e) => take(JSON.parse((e as MessageEvent<string>).data) as Job));
  source.addEventListener('night', () => {
    forgetPictures();
    void attempt(loadNight);
  });
  source.addEventListener('state', () => void attempt(loadState));
  source.addEventListener('observation', () => {
    void attempt(async () => {
      await Promise.all([loadCurve(), loadState()]);
    });
  });
}

async function refresh(): Promise<void> {
  await Promise.all([loadState(), loadNight(), loadCurve()]);
}

function take(job: Job): void {
  const before = now().job;
  set({ job });
  if (job.state === 'running') {
    return;
  }
  if (before?.id === job.id && before.state === 'running' && job.kind === 'reduce') {
    say(job.error ?? job.lines[0] ?? 'Done.', job.error !== null);
    if (job.state === 'done') {
      forgetPictures();
    }
  }
  void attempt(loadState);
}
