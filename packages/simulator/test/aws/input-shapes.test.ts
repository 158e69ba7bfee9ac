import { expect, it } from 'vitest';
import { serviceModel, SERVICES } from '../../src/aws/service-table.js';
import { registry } from '../../src/aws/services.js';
import type { ServiceName } from '../../src/aws/operation/operation.js';
import type { Shape } from '../../src/aws/protocols/shapes.js';

/** Operations that change nothing: nothing of a plan is carried out by them. */
const READS = /^(?:Describe|Get|List|Search|Lookup|Simulate|Test|BatchGet)/;

/** A shape by the names of its members. One that contains itself ends there. */
function named(shape: Shape, outer: readonly string[] = []): unknown {
  switch (shape.kind) {
    case 'structure': {
      if (outer.includes(shape.name)) return undefined;

      const members = shape.members.map((one) => [one.name, named(one.shape, [...outer, shape.name])] as const);
      return { members: Object.fromEntries(members.filter(([, one]) => one !== undefined)) };
    }
    case 'list':
      return { list: named(shape.item.shape, outer) };
    case 'map':
      return { map: named(shape.value.shape, outer) };
    case 'number':
      return 'number';
    default:
      return shape.kind === 'boolean' ? 'flag' : 'text';
  }
}

it('the input shapes of simulated operations: are those of the SDK', async () => {
  const all: Record<string, unknown> = {};
  for (const service of (Object.keys(SERVICES) as ServiceName[]).toSorted()) {
    const { operations } = await serviceModel(service);
    for (const [operation, { input }] of operations)
      if (!READS.test(operation) && registry.find(service, operation) !== undefined)
        all[`${service}.${operation}`] = named(input);
  }
  const text = `// The inputs of the operations of AWS that are simulated, by the schemas of the SDK: written by the test of this file.\nexport const INPUT_SHAPES =\n  '${JSON.stringify(all)}';\n`;
  await expect(text).toMatchFileSnapshot('../../src/aws/input-shapes.ts');
});
