import { CLOUDS } from '../../../core/test/clouds.js';
import { afterAll, describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { awsDamageOf } from './aws-damage.js';
import { AWS_CATALOGUE, AWS_REFUSALS, move, type AwsFault } from './catalogue/aws.js';
import { observeAws, openAws, validateAws } from './aws-stages.js';
import { AWS_MUTANTS } from './aws-mutants.js';
import { errorsOf } from './fault.js';
import type { Snapshot } from '@postern/core/internal/library';
import { validateMigration } from '@postern/core/internal/moves';

/** What found each fault, and what happened when the finding was ignored. */
const table: string[] = [];

describe('what goes wrong when routes of an HTTP API move', () => {
  afterAll(() => {
    console.log(`${AWS_CATALOGUE.length} faults of AWS\n${table.join('\n')}`);
  });

  it.each(
    sample(
      AWS_CATALOGUE.map((fault) => [fault.id, fault] as const),
      3,
    ),
  )('%s: is found, nothing else is, and ignored it causes the damage', async (_, fault) => {
    const stage = await openAws();
    const to = await fault.plant(stage);
    const report = await validateAws(stage, to, fault.route);
    const said = report.findings.filter(({ verdict, check }) => verdict !== 'pass' && fault.found.includes(check));
    expect(said.map(({ verdict, severity }) => `${verdict} ${severity}`)).toContain(
      `${fault.verdict} ${fault.severity}`,
    );
    for (const { evidence, remedy } of said) {
      expect(remedy).toMatch(/^[A-Z].*\.$/);
      expect(evidence.length).toBeGreaterThan(0);
    }
    const others = errorsOf(report).filter(({ check }) => !fault.found.includes(check));
    expect(others.map(({ check, subject, message }) => `${check} ${subject}: ${message}`)).toEqual([]);
    const how = fault.verdict === 'unknown' ? `unknown ${fault.severity}` : fault.severity;
    table.push(`${fault.id} | ${fault.found.join(', ')} (${how}) | ${await awsDamageOf(stage, fault, to)}`);
  });
});

it.each(AWS_REFUSALS.map((one) => [one.id, one] as const))(
  'links that routes cannot move to: %s: the validation and the service refuse it',
  async (_, { target, code, words }) => {
    const stage = await openAws();
    const to = await target(stage);
    await expect(validateAws(stage, to)).rejects.toMatchObject({ code });
    expect(() => move(stage, to)).toThrow(words);
  },
);

interface Seen {
  readonly snapshot: Snapshot;
  readonly api: string;
  readonly from: string;
  readonly to: string;
}

const seen = new Map<string, Promise<Seen>>();

/** What is observed in a fault's world; read once. */
function look(fault: AwsFault): Promise<Seen> {
  const known = seen.get(fault.id) ?? lookOnce(fault);
  seen.set(fault.id, known);
  return known;
}

async function lookOnce(fault: AwsFault): Promise<Seen> {
  const stage = await openAws();
  const to = await fault.plant(stage);
  const from = stage.link();
  return { snapshot: await observeAws(stage, to), api: stage.parts.api, from, to };
}

it.each(
  sample(
    AWS_MUTANTS.map((mutant) => [mutant.id, mutant] as const),
    4,
  ),
)(
  'mistakes in the validation of AWS: %s: a fault of the catalogue detects it',
  async (_, { shown, sees = (region) => region, says = () => true }) => {
    const fault = AWS_CATALOGUE.find(({ id }) => id === shown);
    if (fault === undefined) return expect.fail(`fault ${shown} does not exist`);
    const { snapshot, ...ends } = await look(fault);
    const finds = (of: Snapshot, spoken: (check: string) => boolean): boolean =>
      validateMigration(of, { provider: 'aws', route: fault.route, ...ends }, { clouds: CLOUDS }).findings.some(
        ({ check, verdict }) => verdict === fault.verdict && fault.found.includes(check) && spoken(check),
      );
    expect(finds(snapshot, () => true)).toBe(true);
    const mistaken = { ...snapshot, regions: snapshot.regions.map((region) => sees(region, ends.to)) };
    expect(finds(mistaken, says)).toBe(false);
  },
);
