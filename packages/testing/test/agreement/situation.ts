import type { RegionSnapshot } from '@postern/core';

/** A world when it is finished, as its region was read, and what is called in it. */
export interface Finished {
  readonly region: RegionSnapshot;
  readonly linkId: string;
  /** The target of the spec: a listener's or a service's ARN, an instance, a load balancer or an address. */
  readonly target: string;
}

/** Something that evaluators have been wrong about: how it gets into a world, and how it is recognized there. */
export interface Situation<World, Theme extends string, Built> {
  /** Its row among the verdict defects: `P6`. */
  readonly row: string;
  readonly what: string;
  /**
   * The themes whose worlds it is added to, once they are built: in the even rounds of the themes, the odd ones, or in all. Left out where a
   * theme makes it by itself.
   */
  readonly on?: Readonly<Partial<Record<Theme, 'even' | 'odd' | 'all'>>> | undefined;
  readonly edit?: ((world: World, built: Built) => Built | Promise<Built>) | undefined;
  /** Whether a finished world has it, whoever made it. */
  readonly isIn: (finished: Finished) => boolean;
}

/** The themes go round with the seed, and situations with the rounds. */
export function planOf<World, Theme extends string, Built>(
  seed: number,
  themes: readonly Theme[],
  situations: readonly Situation<World, Theme, Built>[],
): { readonly theme: Theme; readonly added: readonly Situation<World, Theme, Built>[] } {
  const theme = themes[seed % themes.length];
  if (theme === undefined) throw new Error('no themes');
  const round = Math.floor(seed / themes.length) % 2 === 0 ? 'even' : 'odd';
  const added = situations.filter(({ on }) => on?.[theme] === round || on?.[theme] === 'all');
  return { theme, added };
}

/** The rows of the situations that a finished world has. */
export function rowsOf(situations: readonly Pick<Situation<never, string, never>, 'row' | 'isIn'>[], world: Finished) {
  return [...new Set(situations.filter(({ isIn }) => isIn(world)).map(({ row }) => row))];
}
