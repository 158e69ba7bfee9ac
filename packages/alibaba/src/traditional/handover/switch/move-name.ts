import { isPosternError, PosternError, type CallContext, type Json } from '@postern/core/internal/adapter';
import { FailedStep, pause, repeat, UNSEEN_MS, valueOf } from '@postern/core/internal/cloud';
import type { Run, StepError, StepOptions } from '@postern/core/internal/engine';
import type { DnsRecord, HandoverDns } from './dns.js';
import { isRemoved, nextWrite, type DnsWrite, type NameGoal, type NameState } from './next-write.js';

/** What moving the records of a name needs. */
export interface MoveTools {
  readonly run: Run;
  readonly dns: HandoverDns;
  readonly handover: string;
  readonly onWrite: (name: string, text: string) => void;
  readonly onRetry: (step: string, retry: { readonly attempt: number; readonly message: string }) => void;
}

/** Performs one effect that is safe to repeat. @throws {FailedStep} */
export async function act<T extends Json>(
  { run, onRetry }: Pick<MoveTools, 'run'> & Partial<Pick<MoveTools, 'onRetry'>>,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  how: Pick<StepOptions, 'reads' | 'exclusive'> = {},
): Promise<T> {
  return valueOf(await repeat<T>(run, id, effect, { ...how, onRetry: onRetry && ((retry) => onRetry(id, retry)) }));
}

/** The name under which the new record of a name is prepared: no caller asks for it. */
const stagedName = (name: string, handover: string): string => `postern-${handover.slice(0, 8)}.${name}`;

/** Reads the records of a name. Undefined: no zone of the account has it. */
export async function readName(
  dns: HandoverDns,
  name: string,
  handover: string,
  ctx: CallContext,
): Promise<NameState | undefined> {
  const at = await dns.records(name, ctx);
  if (at === undefined) return undefined;

  return { at, staged: (await dns.records(stagedName(name, handover), ctx)) ?? [] };
}

/** How many writes it took, and whether others have deleted the records of the name. */
export type MovedName = { readonly writes: number; readonly isRemoved: boolean };

/** More reads than any way has: a service that does not do what it answers would otherwise be asked for ever. */
const MOST_READS = 40;
/** Between reads that do not show yet what was written. */
const POLL_MS = 2_000;

/**
 * Moves the records of a name to a share. They are read again before each write, and the write follows from what was read, so that
 * what was edited by others is refused. A read that lags proves nothing: what takes an answer away from callers, and that nothing is
 * left to do, follow only from a read that must show all writes of this hand-over.
 */
export async function moveName(goal: NameGoal, tools: MoveTools): Promise<MovedName> {
  const { run, dns, handover, onWrite } = tools;
  const { name, share, alone = false } = goal;
  let last: string | undefined;
  let isSure = false;
  let writes = 0;
  for (let count = 1; count <= MOST_READS; count += 1) {
    const id = `record ${name}: ${goal.way} ${share} %${alone ? ' alone' : ''} ${count}`;
    const mayTakeAway: boolean = isSure;
    const attempt = async (ctx: CallContext): Promise<Attempt> => {
      const state = await readName(dns, name, handover, ctx);
      if (state === undefined) throw new PosternError('NOT_FOUND', `no zone of the account has ${name} any more`);

      const write = mayTakeAway ? nextWrite(state, goal) : nextOrWait(state, goal);
      if (write === 'wait') return { does: 'wait' };
      if (!mayTakeAway && takesAway(write, goal)) return { does: 'wait' };
      if (write === undefined) return { does: 'nothing', isRemoved: isRemoved(state) };

      await carryOut(write, goal, tools, ctx);
      return { does: 'write', text: textOf(write, goal) };
    };
    const value: Attempt = await act(tools, id, attempt, { exclusive: name });
    if (value.does === 'nothing') return { writes, isRemoved: value.isRemoved };

    isSure = value.does === 'wait';
    if (value.does === 'write') {
      writes += 1;
      if (value.text !== last) onWrite(name, value.text);
    }
    const isRepeated = value.does === 'write' && value.text === last;
    valueOf(await pause(run, `${id}: sleep`, isSure ? UNSEEN_MS : isRepeated ? POLL_MS : 0));
    last = value.does === 'write' ? value.text : undefined;
  }
  const message = `the records of ${name} do not become as they are written`;
  throw new FailedStep({ code: 'WAIT_FAILED', message });
}

/** What seems to be edited by others may be an older state. */
function nextOrWait(state: NameState, goal: NameGoal): DnsWrite | 'wait' | undefined {
  try {
    return nextWrite(state, goal);
  } catch (error) {
    if (!isPosternError(error, 'WORLD_MOVED')) throw error;

    return 'wait';
  }
}

/** What a read of the records led to. */
type Attempt =
  | { readonly does: 'write'; readonly text: string }
  | { readonly does: 'nothing'; readonly isRemoved: boolean }
  | { readonly does: 'wait' };

/** Whether callers would be left without an answer, or with an old one, where the records were read too early. */
function takesAway(write: DnsWrite | undefined, { name }: NameGoal): boolean {
  if (write === undefined) return true;
  if (write.do === 'weights') return !write.isOn;

  return write.do === 'remove' || (write.do === 'disable' && write.record.name === name);
}

function carryOut(write: DnsWrite, goal: NameGoal, tools: MoveTools, ctx: CallContext): Promise<void> {
  const { dns, handover } = tools;
  switch (write.do) {
    case 'stage': {
      const { zone, line, ttlSeconds } = write.like;
      const name = stagedName(goal.name, handover);
      return dns.add({ zone, name, type: 'CNAME', value: goal.to, line, ttlSeconds }, ctx);
    }
    case 'rename':
      return dns.update(write.record.id, { ...valuesOf(write.record), name: goal.name }, ctx);
    case 'replace': {
      const { type, value } = write;
      return dns.update(write.record.id, { ...valuesOf(write.record), type, value }, ctx);
    }
    case 'weights':
      return dns.setWeighted(write.record, write.isOn, ctx);
    case 'weight':
      return dns.setWeight(write.record.id, write.weight, ctx);
    case 'remove':
      return dns.remove(write.record.id, ctx);
    default:
      return dns.setEnabled(write.record.id, write.do === 'enable', ctx);
  }
}

const valuesOf = ({ zone, name, type, value, ttlSeconds, line }: DnsRecord) => ({
  zone,
  name,
  type,
  value,
  ttlSeconds,
  line,
});

function textOf(write: DnsWrite, { to }: NameGoal): string {
  switch (write.do) {
    case 'stage':
      return `added ${to} under a name that no caller uses`;
    case 'rename':
      return `renamed the record of ${to}, disabled`;
    case 'replace':
      return `changed to ${write.type} ${write.value}`;
    case 'weights':
      return `weights ${write.isOn ? 'on' : 'off'}`;
    case 'weight':
      return `weight of ${write.record.value}: ${write.weight}`;
    case 'remove':
      return `removed ${write.record.value}`;
    default:
      return `${write.do}d ${write.record.value}`;
  }
}

/** Refusals after which a record is moved in one step: the edition, or the service, takes no weights for it. */
export const takesNoWeights = ({ code, operation }: StepError): boolean =>
  operation !== undefined && NO_WEIGHTS.has(code);

const NO_WEIGHTS: ReadonlySet<string> = new Set(['UNSUPPORTED', 'CLOUD_REFUSED', 'INVALID_INPUT', 'QUOTA_EXCEEDED']);
