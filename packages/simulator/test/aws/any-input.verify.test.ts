import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { JsonCodec } from '../../src/aws/protocols/json-codec.js';
import { Mismatch } from '../../src/aws/protocols/protocol.js';
import { serviceModel } from '../../src/aws/service-table.js';
import { registry } from '../../src/aws/services.js';
import { ServiceError } from '../../src/aws/operation/operation.js';
import { REGION, richWorld, type RichWorld } from './lists/rich-world.js';
import { arbMeaningfulInput, arbTexts } from './meaningful-input.js';
import { PROVE, sample } from '../../../core/test/runs.js';

const slice = PROVE ? { numRuns: 1000 } : { numRuns: 6, seed: 20_260_601 };
const codec = new JsonCodec({ jsonNames: false, timestamps: 'date' });
const PLAIN =
  '10.20.3.0/24 10.20.0.0/16 10.99.0.0/16 10.20.0.64/28 0.0.0.0/0 2001:db8::/64 10.20.0.77 10.20.1.9 eu-west-1a eu-west-1b HTTP HTTPS TCP TLS tcp udp -1 6 ' +
  'GET application network ip instance HTTP_PROXY VPC_LINK INTERNET vpc subnet a b c i-1 i-2 * $default orders carts constructor __proto__ valueOf';
const PHRASES = [
  'GET /orders',
  'ANY /carts/{proxy+}',
  'https://example.com/x',
  'arn:aws:iam::111122223333:role/deploy',
];

/** What AWS leaves out of answers though its schema requires it: start of authority and DNS records where there is no DNS (aws B8, H7). */
const LEFT_OUT = new Set(['SOA.TTL', 'DnsConfig.DnsRecords']);

/** Nothing unknown, nothing of a wrong type, nothing missing except what AWS also leaves out. */
function readStrictly(shape: Parameters<typeof codec.reader>[0], output: unknown): void {
  try {
    codec.reader(shape)(output);
  } catch (error) {
    if (error instanceof Mismatch && error.kind === 'missing' && LEFT_OUT.has(error.path.slice(-2).join('.'))) return;
    throw error;
  }
}

/** Values that a message shows by mistake. */
const UNTOLD = /\bundefined\b|\[object|\bNaN\b|\[native code\]/;

const operations = sample([...registry.operations], 3);

let world: RichWorld;
let saved: unknown;
let texts: ReturnType<typeof arbTexts>;
const succeeded = new Set<string>();
/** Whether the last operation may have changed the world. */
let isChanged = true;
const READS = /^(?:Describe|Get|List)/;

beforeAll(async () => {
  world = await richWorld();
  saved = world.sim.world();
  const known =
    JSON.stringify(saved).match(
      /"(?:[a-z0-9]+-[a-z0-9-]{8,40}|arn:aws:[^"\\]+|integrations\/[a-z0-9]+|[a-z0-9]{6,10})"(?!:)/g,
    ) ?? [];
  texts = arbTexts([...new Set([...known.map((text) => text.slice(1, -1)), ...PLAIN.split(' '), ...PHRASES])]);
});

/** Every operation (in the slice every third), on inputs that its schema and limits allow: names are often those of existing resources. */
describe('any input', () => {
  it.each(operations)(
    'of $service $name is answered as the schema allows, or refused with a message',
    async (operation) => {
      const model = (await serviceModel(operation.service)).operations.get(operation.name);
      if (!model) throw new Error('the SDK does not have this operation');
      const target = { service: operation.service, operation: operation.name, region: REGION };
      if (isChanged) world.sim.load(saved);
      isChanged = !READS.test(operation.name);
      fc.assert(
        fc.property(arbMeaningfulInput(operation, model.input, texts), (input) => {
          let output: unknown;
          try {
            output = world.sim.call(target, codec.reader(model.input)(input));
          } catch (error) {
            if (!(error instanceof ServiceError)) throw error;
            // A text of the input may be one of these words.
            if (!UNTOLD.test(JSON.stringify(input))) expect(error.message, error.code).not.toMatch(UNTOLD);
            return;
          }
          succeeded.add(`${operation.service}.${operation.name}`);
          readStrictly(model.output, output ?? {});
        }),
        slice,
      );
    },
  );

  it('is mostly answered: not all inputs are refused by validation', () => {
    expect(succeeded.size).toBeGreaterThan(0.3 * operations.length);
  });

  it('leaves a world in which all due changes can happen', async () => {
    await world.sim.advance(90 * 86_400_000);
    expect(() => world.sim.load(JSON.parse(JSON.stringify(world.sim.world())))).not.toThrow();
  });
});
