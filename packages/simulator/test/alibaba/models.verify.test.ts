import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { successBody } from '../../src/alibaba/doors.js';
import { COMMON_PARAMETERS, decodeInput } from '../../src/alibaba/request/decode-input.js';
import { flatten } from '../../src/alibaba/request/rpc-request.js';
import { KNOWN_ACTIONS } from '../../src/alibaba/known-actions/index.js';
import type { AnyAlibabaOperation } from '../../src/alibaba/operation/operation.js';
import { alibabaRegistry } from '../../src/alibaba/services.js';
import { arbBody, arbRequest, withoutNothings } from './arbitrary-model.js';
import { callOfficially, membersOf, model, PACKAGES, type PackagedProduct } from './official-models.js';
import { actionOfModel } from './parameters-of-model.js';
import { PROVE, sample } from '../../../core/test/runs.js';

/** `npm test` runs a fixed slice; `npm run prove` many. */
const isPackaged = (product: string): product is PackagedProduct => product in PACKAGES;

/** Any input that the official client writes is read as the same input. */
async function inputsAreReadBack(product: PackagedProduct, operation: AnyAlibabaOperation, numRuns: number) {
  const Request = model(product, `${operation.name}Request`);
  await fc.assert(
    fc.asyncProperty(arbRequest(operation, Request), async ({ members, input }) => {
      let seen: unknown;
      await callOfficially(product, operation.name, Request && new Request(members), ({ query, body }) => {
        seen = decodeInput(operation, new Map([...Object.entries(query), ...flatten(body)]));
        return {};
      });
      expect(seen).toEqual(input);
    }),
    { numRuns },
  );
}

/** Any output is read by the official client as the same output. */
async function outputsAreReadBack(product: PackagedProduct, name: string, numRuns: number) {
  const [Request, Body] = [model(product, `${name}Request`), model(product, `${name}ResponseBody`)];
  if (!Body) throw new Error(`the package has no answer of ${name}`);
  await fc.assert(
    fc.asyncProperty(arbBody(Body), async (output) => {
      const sent: unknown = JSON.parse(JSON.stringify(successBody(output, 'request-1')));
      const read = await callOfficially(product, name, Request && new Request({}), () => sent);
      expect(withoutNothings(read)).toEqual({ ...output, RequestId: 'request-1' });
    }),
    { numRuns },
  );
}

describe.each(
  sample(
    alibabaRegistry.operations.filter(({ product }) => isPackaged(product)),
    6,
  ),
)('$product $name', (operation) => {
  const product = operation.product as PackagedProduct;

  it('has no parameter that the official model does not have', () => {
    const Request = model(product, `${operation.name}Request`);
    const known = new Set(Request ? membersOf(Request).map(({ wireName }) => wireName) : []);
    const strangers = Object.keys(operation.parameters).filter(
      (name) => !known.has(name) && !COMMON_PARAMETERS.has(name),
    );
    expect(strangers).toEqual([]);
  });

  it('reads every input that the official client writes as the same input', () =>
    inputsAreReadBack(product, operation, PROVE ? 200 : 3));

  it('answers what the official client reads as the same output', () =>
    outputsAreReadBack(product, operation.name, PROVE ? 200 : 3));
});

/** The codec has no code for single actions, so it must support actions that are not simulated, too. */
describe.each(Object.keys(PACKAGES) as PackagedProduct[])(
  'every action that %s has (in the slice every twelfth)',
  (product) => {
    // The slice is every twelfth action; all simulated actions are tested above.
    const names = [...KNOWN_ACTIONS[product]].filter((_, at) => PROVE || at % 12 === 0);

    it('is read as the official client writes it', async () => {
      for (const name of names) await inputsAreReadBack(product, actionOfModel(product, name), PROVE ? 20 : 1);
    });

    it('is answered as the official client reads it', async () => {
      for (const name of names) await outputsAreReadBack(product, name, PROVE ? 20 : 1);
    });
  },
);
