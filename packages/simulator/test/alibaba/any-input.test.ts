import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AlibabaError } from '../../src/alibaba/operation/operation.js';
import { alibabaRegistry } from '../../src/alibaba/services.js';
import type { Simulation } from '../../src/index.js';
import { bodyProblems } from './body-problems.js';
import { arbMeaningfulInput, arbTexts } from './meaningful-input.js';
import { model, PACKAGES, type PackagedProduct } from './official-models.js';
import { REGION, richWorld } from './rich-world.js';
import { PROVE } from '../../../core/test/runs.js';

const slice = PROVE ? { numRuns: 1000 } : { numRuns: 5, seed: 20_260_601 };
const PLAIN =
  '172.16.3.0/24 172.16.0.0/16 172.20.0.0/16 10.1.0.0/24 192.168.0.0/16 0.0.0.0/0 2408::/32 172.16.0.10 172.17.0.77 10.1.0.5 ' +
  'cn-hangzhou-i cn-hangzhou-j cn-hangzhou-k tcp udp all icmp http https TCP UDP ALL 80/80 1/65535 -1/-1 accept drop orders carts RELEASE PRE TEST ' +
  'VPC VSwitch instance normal vpc_connect enterprise apiGroup plugin HTTP ingress egress true false 8080 api-shared-vpc-001 api.example.com orders.example.com GatewayRoute HttpApiRoute gateway Timeout Cors {"enable":true} app-key app-code [{"entry":"172.16.0.0/16"}] ' +
  '2026-06-01T00:00:00Z 2026-06-01T01:00:00Z {"swagger":"2.0","paths":{"/import":{"get":{"operationId":"import"}}}} constructor __proto__ valueOf';

let sim: Simulation;
let saved: unknown;
let texts: ReturnType<typeof arbTexts>;
const succeeded = new Set<string>();
/** Whether the last operation may have changed the world. */
let isChanged = true;
const READS = /^(?:Describe|Get|List)/;

beforeAll(async () => {
  sim = await richWorld();
  saved = sim.world();
  const known = JSON.stringify(saved).match(/"(?:[a-z]{1,10}-[a-z0-9-]{8,40}|[0-9a-f]{32})"/g) ?? [];
  const apps = [...(JSON.stringify(saved).match(/1\d{9}(?=,"AppName":"orders")/g) ?? [])];
  const records = JSON.stringify(saved).match(/\b\d{18}\b/g) ?? [];
  const ids = [...known.map((text) => text.slice(1, -1)), ...apps, ...records];
  texts = arbTexts([...new Set([...ids, ...PLAIN.split(' ')])]);
});

/** Every action, with input that its parameters allow: names are often those of existing resources. */
describe('any input', () => {
  it.each([...alibabaRegistry.operations])(
    'of $product $name gets an answer that the model allows, or an error with a message',
    (operation) => {
      const { product, name } = operation;
      const Body = product in PACKAGES ? model(product as PackagedProduct, `${name}ResponseBody`) : undefined;
      if (isChanged) sim.load(saved);
      isChanged = !READS.test(name);
      fc.assert(
        fc.property(arbMeaningfulInput(operation, texts), (input) => {
          let output: unknown;
          try {
            output = sim.callAlibaba({ product, action: name, region: REGION }, input);
          } catch (error) {
            if (!(error instanceof AlibabaError)) throw error;
            expect(error.message, error.code).not.toMatch(/\bundefined\b|\[object|\bNaN\b|\[native code\]/);
            return;
          }
          succeeded.add(`${product}.${name}`);
          if (Body) expect(bodyProblems(Body, output)).toEqual([]);
        }),
        slice,
      );
    },
  );

  it('succeeds for many actions: parameter validation does not refuse all inputs', () => {
    expect(succeeded.size).toBeGreaterThan(alibabaRegistry.operations.length * 0.45);
  });

  it('leaves a world in which all pending timers can run', async () => {
    await sim.advance(400 * 86_400_000);
    expect(() => sim.load(JSON.parse(JSON.stringify(sim.world())))).not.toThrow();
  });
});
