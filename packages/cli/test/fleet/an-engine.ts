import { PosternError } from '@postern/core';
import type { FleetClient, FleetEvent, RunRequest, RunState } from '@postern/fleet';

/** Runs in memory, in the place of an engine: a run ends when it is looked at again, unless it waits for an approval. */
export function anEngine() {
  const requests: RunRequest[] = [];
  const runs = new Map<string, RunState>();
  const calls: unknown[] = [];
  const get = (id: string): RunState => {
    const found = runs.get(id);
    if (found === undefined) throw new PosternError('NOT_FOUND', `no run ${id}`);
    return found;
  };
  const set = (id: string, change: Partial<RunState>): Promise<RunState> => {
    runs.set(id, { ...get(id), ...change });
    return Promise.resolve(get(id));
  };
  const client: FleetClient = {
    start: (request) => {
      const { run, goal, specs, waves, by, reason } = request;
      const earlier = requests.find((one) => one.run === run);
      requests.push(request);
      if (earlier !== undefined) {
        const isSame = JSON.stringify(earlier.specs) === JSON.stringify(specs);
        return Promise.resolve({ ...get(run), ...(isSame ? {} : { differs: true }) });
      }
      const wave = (name: string): string => waves.find((one) => one.specs.includes(name))?.name ?? '';
      const asking = waves.filter(({ approval }) => approval === true);
      const at = '2026-11-25T12:00:00.000Z';
      const state: RunState = {
        run,
        goal,
        state: asking.length > 0 ? 'asking' : 'running',
        startedAt: at,
        by,
        reason,
        waves: waves.map(({ name }) => ({ name, state: 'waiting' })),
        specs: specs.map(({ name }) => ({ name, wave: wave(name), state: 'waiting', units: {} })),
        counts: { specs: { waiting: specs.length }, units: {} },
        approvals: asking.map(({ name }) => ({
          id: `wave ${name}`,
          kind: 'wave',
          subject: name,
          question: [`Begin wave ${name}?`],
          askedAt: at,
        })),
        actions: [],
      };
      runs.set(run, state);
      return Promise.resolve(state);
    },
    status: (run) => {
      const state = get(run);
      return state.state === 'running' ? set(run, { state: 'done' }) : Promise.resolve(state);
    },
    runs: () => Promise.resolve([...runs.values()].toReversed()),
    units: () => Promise.resolve([]),
    events: (_, of) => {
      calls.push(of);
      return Promise.resolve([DONE]);
    },
    findings: () => Promise.resolve([]),
    pause: (run, author) => (calls.push(['pause', run, author]), set(run, { state: 'paused' })),
    resume: (run, author) => (calls.push(['resume', run, author]), set(run, { state: 'running' })),
    cancel: (run, author) => (calls.push(['cancel', run, author]), set(run, { state: 'canceled' })),
    approve: (run, id, { approved, by }) => {
      if (by === 'eve')
        return Promise.reject(new PosternError('PERMISSION_DENIED', 'eve may not approve', { remedy: 'Ask ana.' }));
      const answer = { approved, by, at: '2026-11-25T12:01:00.000Z' };
      const approvals = get(run).approvals.map((one) => (one.id === id ? { ...one, answer } : one));
      return set(run, { approvals, state: 'running' });
    },
  };
  return { fleet: () => client, client, requests, calls };
}

const DONE: FleetEvent = {
  type: 'step.done',
  at: '2026-11-25T12:00:01.000Z',
  spec: 's',
  unit: 'link:eu',
  step: 'create link',
  durationMs: 1_500,
};
