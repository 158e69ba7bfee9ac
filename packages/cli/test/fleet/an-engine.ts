import { PosternError } from '@postern/core/internal/library';
import type { WatchHistory } from '@postern/core/internal/watch';
import type { FleetClient, FleetEvent, RunRequest, RunState } from '@postern/fleet/internal/fleet';

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
        specs: specs.map(({ name }) => ({
          name,
          wave: wave(name),
          state: 'waiting',
          units: {},
          ...(goal === 'watch' ? { watched: WATCHED } : {}),
        })),
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
    history: (key) => (calls.push(key), Promise.resolve(HISTORY)),
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

const SINCE = '2026-11-25T11:00:00.000Z';
const WATCHED = {
  history: 'h1',
  counts: { works: 3, broken: 1, unknown: 0 },
  open: [{ subject: 'integration orders', verdict: 'broken' as const, since: SINCE, why: 'link/active: It is not.' }],
};

const REASON = {
  check: 'link/active',
  code: 'C',
  subject: 'link eu',
  message: 'The link is <i>INACTIVE</i>.',
  ids: [],
};
const HISTORY: WatchHistory = {
  version: 1,
  spec: { project: 'shop', entry: 'orders.yaml@trial/eu-west-1', digest: 'd' },
  startedAt: SINCE,
  lastAt: SINCE,
  rounds: 9,
  subjects: { 'integration orders': { verdict: 'broken', since: SINCE, reasons: [REASON], more: 0 } },
  limits: {},
  log: [
    {
      type: 'verdict',
      at: SINCE,
      subject: 'integration orders',
      digest: 'd',
      from: 'works',
      to: 'broken',
      since: SINCE,
      reasons: [REASON],
    },
    { type: 'near', at: SINCE, subject: 'vpc-links', digest: 'e', message: '8 of 10 used' },
  ],
  undelivered: [],
};

const DONE: FleetEvent = {
  type: 'step.done',
  at: '2026-11-25T12:00:01.000Z',
  spec: 's',
  unit: 'link:eu',
  step: 'create link',
  durationMs: 1_500,
};
