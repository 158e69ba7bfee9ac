import type { RegionSnapshot } from '@postern/core/internal/library';

/** A finished world: its region as it was read, and what is called in it. */
export interface Finished {
  readonly region: RegionSnapshot;
  readonly linkId: string;
  /** The target of the spec: a listener's or a service's ARN, an instance, a load balancer or an address. */
  readonly target: string;
}

/** A situation that an evaluator once judged incorrectly: how it is added to a world, and how it is detected there. */
export interface Situation<World, Theme extends string, Built> {
  /** Its row in the list of verdict defects: `P6`. */
  readonly row: string;
  readonly what: string;
  /**
   * The themes to whose worlds it is added after they are built: in even rounds of the themes, in odd ones, or in
   * all. Omitted where a theme creates it.
   */
  readonly on?: Readonly<Partial<Record<Theme, 'even' | 'odd' | 'all'>>> | undefined;
  readonly edit?: ((world: World, built: Built) => Built | Promise<Built>) | undefined;
  /** Whether a finished world has it, added by a situation or by a theme. */
  readonly isIn: (finished: Finished) => boolean;
}

/** The seed selects the theme, and the round selects the situations. */
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

/** The rows of the situations that occur in a finished world. */
export function rowsOf(situations: readonly Pick<Situation<never, string, never>, 'row' | 'isIn'>[], world: Finished) {
  return [...new Set(situations.filter(({ isIn }) => isIn(world)).map(({ row }) => row))];
}
