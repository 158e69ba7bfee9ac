import cluster, { type Worker as Process } from 'node:cluster';
import type { Ingress } from '../engine/ingress.js';

/** How the processes of workers are started. */
export interface WorkerProcessesOptions {
  /** A module that calls `startWorker`, with the same port in each process. */
  readonly program: string;
  readonly count: number;
  /** What the module is called with. */
  readonly args?: readonly string[] | undefined;
  /** More variables of their environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Options of Node.js for them, after those that keep their heaps small: `--max-old-space-size=400` allows twice as much. */
  readonly execArgv?: readonly string[] | undefined;
}

/** Processes of workers behind one port: for the engine they are one deployment. */
export interface WorkerProcesses {
  readonly pids: () => readonly number[];
  /** Ends them; what is under way is finished, for at most 30 seconds. */
  readonly stop: () => Promise<void>;
}

/** By default Node gives back no memory before gigabytes are used: half of what a worker holds is garbage. [M] */
const SMALL_HEAP = ['--max-old-space-size=200', '--max-semi-space-size=16'];

/** A process that has ended is started again after this time, in milliseconds. */
const RESTART_AFTER_MS = 500;

/**
 * Starts workers in processes that share a port (`node:cluster`), and starts one again that ends. Resolves when all listen. One
 * process has one of these at a time.
 */
export async function startWorkerProcesses(options: WorkerProcessesOptions): Promise<WorkerProcesses> {
  cluster.setupPrimary({
    exec: options.program,
    execArgv: [...SMALL_HEAP, ...(options.execArgv ?? [])],
    args: [...(options.args ?? [])],
    silent: false,
  });
  const processes = new Set<Process>();
  let isStopping = false;
  const start = (): Promise<void> => {
    const one = cluster.fork({ ...options.env });
    processes.add(one);
    return new Promise((resolve, reject) => {
      one.once('listening', () => resolve());
      one.once('exit', (code) => {
        processes.delete(one);
        reject(new Error(`a worker ended with ${code}`));
        if (!isStopping) setTimeout(() => void (isStopping || start().catch(() => undefined)), RESTART_AFTER_MS);
      });
    });
  };
  await Promise.all(Array.from({ length: options.count }, start));
  return {
    pids: () => [...processes].flatMap(({ process: { pid } }) => pid ?? []),
    stop: async () => {
      isStopping = true;
      await Promise.all(
        [...processes].map(
          (one) =>
            new Promise<void>((resolve) => {
              one.once('exit', () => resolve());
              one.process.kill('SIGTERM');
            }),
        ),
      );
    },
  };
}

/** What users want of a run. */
export type Wish = 'go' | 'pause' | 'cancel';

/** What users want of the runs, as recent as steps need it. */
export interface Control {
  /** What is wanted of a run: at most {@link WISH_AGE_MS} old. */
  readonly wish: (run: string) => Promise<Wish>;
}

/** A worker asks so often, however many steps it begins. No step begins later than this after a pause. */
export const WISH_AGE_MS = 500;

/** Reads the wishes through the engine. */
export function controlOf(ingress: Ingress): Control {
  const known = new Map<string, { readonly askedMs: number; readonly wish: Promise<Wish> }>();
  return {
    wish: (run) => {
      const last = known.get(run);
      const nowMs = performance.now();
      if (last !== undefined && nowMs - last.askedMs < WISH_AGE_MS) return last.wish;

      const wish = ingress.call<Wish>('fleet', run, 'wish');
      known.set(run, { askedMs: nowMs, wish });
      wish.catch(() => known.delete(run));
      return wish;
    },
  };
}
