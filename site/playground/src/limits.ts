/** What the playground reads and waits for. The command line reads more: 4 MiB of a spec, 384 MiB of a snapshot. */
export interface Limits {
  /** Characters of a spec, of needs, and of a list of blocks. */
  readonly text: number;
  /** Characters of a snapshot. */
  readonly snapshot: number;
  /** How long one answer may take, in milliseconds. */
  readonly timeMs: number;
}

export const LIMITS: Limits = { text: 256 * 1024, snapshot: 4 * 1024 * 1024, timeMs: 10_000 };

/** The texts that a user edits. */
export type TextName = 'spec' | 'snapshot' | 'blocks';

const NAMES: Readonly<Record<TextName, string>> = {
  spec: 'spec',
  snapshot: 'snapshot',
  blocks: 'list of blocks',
};

/** Why a text is not read, as one sentence; undefined where it is. */
export function tooLong(name: TextName, length: number, limits: Limits = LIMITS): string | undefined {
  const most = name === 'snapshot' ? limits.snapshot : limits.text;
  if (length <= most) return undefined;
  const instead = name === 'blocks' ? '`postern cidr`' : 'the command line';
  return `The ${NAMES[name]} has ${size(length)}, and the playground reads at most ${size(most)}: use ${instead} for it.`;
}

/** What is shown where an answer took too long. */
export function tookTooLong(timeMs: number): string {
  const seconds = timeMs / 1000;
  return `Stopped after ${seconds === 1 ? '1 second' : `${seconds} seconds`}: this input takes longer than the playground waits. Use the command line, or a smaller input.`;
}

function size(length: number): string {
  return length < 1024 * 1024 ? `${Math.ceil(length / 1024)} kB` : `${(length / 1024 / 1024).toFixed(1)} MB`;
}
