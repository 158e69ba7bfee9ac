import type { Simulation } from '@postern/simulator';

export function buildAccount(
  simulation: Simulation,
  options: { readonly account: string; readonly links: number; readonly region?: string },
): Promise<Record<string, unknown>>;
