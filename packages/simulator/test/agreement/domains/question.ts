import type { RegionSnapshot, Snapshot, Spec } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { mappingOf, type MappedDomain } from '../../../../core/src/do/world/routes/custom-domains.js';
import { simulate, type Simulation } from '../../../src/index.js';
import { CLOUDS } from '../../../../core/test/clouds.js';

/** A call by the name of a custom domain, or by one that no domain has. */
export interface NamedCall {
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A world with custom domains, what was read of it, and calls. */
export interface DomainQuestion {
  readonly seed: number;
  readonly simulation: Simulation;
  readonly snapshot: Snapshot;
  /** Integrations of every gateway, for `gateway/domain`. */
  readonly spec: Spec;
  readonly calls: readonly NamedCall[];
  /** The stage that a call reaches, by the snapshot: `api-1 prod`; undefined where it reaches none. */
  readonly reached: (region: RegionSnapshot, lead: MappedDomain, call: NamedCall) => string | undefined;
  /** A call that the mapping decides. */
  readonly callOf: (lead: MappedDomain) => NamedCall;
}

/** What disagrees, and what occurred. */
export interface DomainAnswer {
  readonly wrong: readonly string[];
  readonly reached: number;
  readonly refused: number;
  readonly broken: number;
}

/**
 * Compares three answers: where core leads each call, from the snapshot; what the data path does with it; and what the data path of
 * the snapshot's twin does. `gateway/domain` fails for exactly the domains of which a mapping leads to no stage that serves calls.
 */
export async function answerOf(question: DomainQuestion, lead: typeof mappingOf = mappingOf): Promise<DomainAnswer> {
  const { seed, simulation, snapshot, spec, calls, callOf } = question;
  const [region] = snapshot.regions;
  if (region === undefined) throw new Error('no region');
  const twin = simulate({ seed: 9, throttle: false, from: decodeSnapshot(encodeSnapshot(snapshot)) });
  const domains = region.customDomains ?? [];
  const wrong: string[] = [];
  let reached = 0;
  for (const call of calls) {
    const found = lead(domains, call.host, call.path);
    const core = (found && question.reached(region, found, call)) ?? 'none';
    const [served, again] = [await servedBy(simulation, call), await servedBy(twin, call)];
    if (served !== 'none') reached += 1;
    if (core === served && served === again) continue;
    wrong.push(`seed ${seed}: ${call.host}${call.path}: core ${core}, data path ${served}, its twin ${again}`);
  }
  const { findings } = check(snapshot, spec, { clouds: CLOUDS, passes: false });
  const failed = new Set(
    findings.flatMap((one) => (one.check === 'gateway/domain' && one.severity === 'error' ? [one.subject] : [])),
  );
  let broken = 0;
  for (const domain of domains) {
    // Calls of the simulator have no client certificate, and callers of the internet do not reach those of a network.
    if (domain.mutualTls === true || domain.endpoint === 'intranet') continue;
    const served = await Promise.all(
      (domain.mappings ?? []).map((mapping) => servedBy(simulation, callOf({ domain, mapping }))),
    );
    const isBroken = served.includes('none');
    if (isBroken) broken += 1;
    if (failed.has(`domain ${domain.id}`) !== isBroken)
      wrong.push(`seed ${seed}: gateway/domain of ${domain.id}: ${!isBroken}, data path ${served.join(', ')}`);
  }
  return { wrong, reached, refused: calls.length - reached, broken };
}

async function servedBy(simulation: Simulation, call: NamedCall): Promise<string> {
  try {
    const { trace } = await simulation.traffic.call(call);
    return trace.route === '' ? 'none' : `${trace.gateway} ${trace.stage}`;
  } catch (error) {
    if (/No gateway/.test(String(error))) return 'none';
    throw error;
  }
}
