import type { Notifier } from '@postern/core/watch';
import type { Worker } from '@postern/fleet/worker';

/** What a worker of simulated accounts is started with: plain JSON. */
export interface AccountsWorker {
  readonly ingress: string;
  readonly port: number;
  /** By the ID of the account. */
  readonly clouds: Readonly<Record<string, Cloud>>;
  /** How many times faster than real time the accounts are, when that began, and their time then. */
  readonly speed: number;
  readonly sinceMs: number;
  readonly startMs: number;
  readonly replaysAlways?: boolean;
  /** The simulator whose gateways can be called. */
  readonly calls?: string;
}

interface Cloud {
  readonly url: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** `notifiers`: who receives changes of verdicts. */
export function accountsWorker(options: AccountsWorker & { readonly notifiers?: readonly Notifier[] }): Promise<Worker>;
