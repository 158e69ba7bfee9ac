import { raise } from '../../simulation/raise.js';
import { parseBlock } from './request/text-rules.js';

/** @throws {RangeError} when it does not exist */
export function existing<T>(row: T | undefined, id: string): T {
  if (row === undefined) throw new RangeError(`There is no ${id}.`);

  return row;
}

/** Blocks in their canonical form. @throws {RangeError} for what is none */
export function blocks(texts: readonly string[]): string[] {
  return texts.map((text) => {
    const block = parseBlock(text) ?? raise(new RangeError(`${text} is no CIDR block.`));

    return block.text;
  });
}
