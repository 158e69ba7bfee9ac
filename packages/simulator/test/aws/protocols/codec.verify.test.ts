import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protocolOf } from '../../../src/aws/wire-door.js';
import { serviceModel } from '../../../src/aws/service-table.js';
import { registry } from '../../../src/aws/services.js';
import type { WireAnswer } from '../../../src/simulation/wire.js';
import { arbStructure, type Carriage } from './arbitrary-value.js';
import { sdkClient } from './sdk-client.js';
import { PROVE, sample } from '../../../../core/test/runs.js';

/** `npm test` runs a fixed slice; `npm run prove` many. */
const slice = PROVE ? { numRuns: 200 } : { numRuns: 1, seed: 20_260_601 };
const QUERY = new Set(['ec2', 'sts', 'elasticloadbalancingv2', 'iam', 'autoscaling', 'route53']);

/** The SDK leaves absent members out or sets them to `undefined`; and it adds metadata of the answer. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== undefined && key !== '$metadata')
      .map(([key, item]) => [key, plain(item)]),
  );
}

/** An output as API Gateway answers it: times in whole seconds, and null for an empty template of a response. */
function asGatewaysAnswer(value: unknown, name = ''): unknown {
  if (value instanceof Date) return new Date(Math.floor(value.getTime() / 1000) * 1000);
  if (Array.isArray(value)) return value.map((one) => asGatewaysAnswer(one));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      name === 'responseTemplates' && one === '' ? null : asGatewaysAnswer(one, key),
    ]),
  );
}

describe.each(sample([...registry.operations], 7))('$service $name', (operation) => {
  const query = QUERY.has(operation.service);

  it('answers what the SDK reads as the same output', async () => {
    const protocol = await protocolOf(operation.service);
    const model = (await serviceModel(operation.service)).operations.get(operation.name);
    if (!model) throw new Error('the SDK does not have this operation');
    let answer: WireAnswer | undefined;
    const client = await sdkClient(operation.service, () => answer as WireAnswer);
    const inputs = fc.sample(arbStructure(model.input, { xml: query, empties: !query }), { numRuns: 1, seed: 1 });
    const carriage: Carriage = { xml: query, empties: true };
    // The SDK leaves a body without bytes out, or reads it as null: it depends on the client.
    const payload = model.output.members.find(({ traits }) => traits.httpPayload)?.name;
    const withoutEmptyPayload = (output: Record<string, unknown>) => {
      if (payload === undefined) return output;
      const { [payload]: body, ...others } = output;
      return body === null || (body as Uint8Array | undefined)?.length === 0 ? others : output;
    };
    await fc.assert(
      fc.asyncProperty(arbStructure(model.output, carriage), async (output) => {
        answer = protocol.encode(model, output, 'request-1');
        const read = await client.send(operation.name, inputs[0]);
        const isGateway = operation.service.startsWith('apigateway');
        const expected = plain(withoutEmptyPayload(output));
        expect(plain(withoutEmptyPayload(read))).toEqual(isGateway ? asGatewaysAnswer(expected) : expected);
      }),
      slice,
    );
  });

  it('reads every input that the SDK writes as the same input', async () => {
    const protocol = await protocolOf(operation.service);
    const model = (await serviceModel(operation.service)).operations.get(operation.name);
    if (!model) throw new Error('the SDK does not have this operation');
    let seen: unknown;
    const client = await sdkClient(operation.service, (request) => {
      const named = protocol.identify(request);
      expect(named.name).toBe(operation.name);
      seen = protocol.decode(operation, model, named.source);
      return protocol.encode(model, {}, 'request-1');
    });
    const accepted = model.input.members.find(({ traits }) => traits.httpHeader === 'Accept')?.name;
    const tokens = model.input.members.filter(({ traits }) => traits.idempotencyToken).map(({ name }) => name);
    await fc.assert(
      fc.asyncProperty(arbStructure(model.input, { xml: query, empties: !query }), async (input) => {
        seen = undefined;
        await client.send(operation.name, input);
        // the SDK generates idempotency tokens that are not given
        const made = tokens.filter((name) => input[name] === undefined).map((name) => [name, expect.any(String)]);
        // and asks for JSON
        const asked = accepted === undefined ? {} : { [accepted]: 'application/json' };
        expect(plain(seen)).toEqual({ ...asked, ...(plain(input) as object), ...Object.fromEntries(made) });
      }),
      slice,
    );
  });
});
