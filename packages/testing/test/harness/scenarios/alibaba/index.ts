import { parseSpec } from '../../../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { driversOf } from '@postern/core/internal/library';
import type { Built, Scenario } from '../../../../src/internal/harness.js';
import { asRival } from '../as-rival.js';
import { rarePolls } from '../rare-polls.js';
import { editsOf } from './edits.js';
import { BLOCKS, GIVEN_INSTANCES, INSTANCES } from './instances.js';
import type { Specs } from './lines.js';
import { ROUTES } from './routes.js';
import { alibabaShop, REGION } from './shop.js';

/** The scenarios of a table, in a shop with or without an instance of others. */
function scenarios(table: Specs, { hasInstance = false, isFar = false } = {}): readonly Scenario[] {
  return Object.entries(table).map(([name, specs]): Scenario => ({
    name: `alibaba: ${name}`,
    settings: { seed: 7, throttle: false },
    build: async (simulation): Promise<Built> => {
      const shop = await alibabaShop(simulation, { hasInstance, isFar });
      const adopted = [shop.instance];
      const texts = specs.map((lines) => lines(shop));
      const rival = parseSpec(asRival(texts.at(-1) ?? ''));
      return { specs: texts.map((text) => parseSpec(text)), rival, adopted, edits: editsOf(shop) };
    },
    drivers: (process) => driversOf(rarePolls(alibaba({ region: REGION, api: process.alibaba(REGION) }))),
  }));
}

/** Scenarios of Alibaba Cloud, by name. */
export const ALIBABA_SCENARIOS: readonly Scenario[] = [
  ...scenarios(ROUTES),
  ...scenarios(INSTANCES),
  ...scenarios(BLOCKS, { isFar: true }),
  ...scenarios(GIVEN_INSTANCES, { hasInstance: true }),
];
