import type { Simulation } from '@postern/simulator';

/** A spec as its file has it. */
export interface SpecText {
  readonly links: Readonly<Record<string, object>>;
  readonly integrations: Readonly<Record<string, object>>;
}

export function buildAccount(
  simulation: Simulation,
  options: { readonly account: string; readonly links: number; readonly region?: string },
): Promise<SpecText>;
