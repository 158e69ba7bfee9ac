/** A block that calls come from: `10.0.1.0/24`, of `subnet-a`. */
export interface CallerBlock {
  readonly block: string;
  readonly of: string;
}

/** `10.0.1.0/24 (subnet-a) and 10.0.2.0/24 (subnet-b)`. */
export function blocksText(blocks: readonly CallerBlock[]): string {
  return blocks.map(({ block, of }) => `${block} (${of})`).join(' and ');
}
