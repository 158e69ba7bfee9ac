import { describe, expect, it } from 'vitest';
import { checkLimits } from '../../../src/aws/operation/limits.js';
import type { MemberLimit, Operation, ServiceName } from '../../../src/aws/operation/operation.js';
import { registry } from '../../../src/aws/services.js';
import { serviceModel } from '../../../src/aws/service-table.js';
import type { Shape, StructureShape } from '../../../src/aws/protocols/shapes.js';

const made = (service: ServiceName, limits: Record<string, MemberLimit>): Operation<object, object> => ({
  service,
  name: 'Do',
  kind: 'write',
  limits,
  run: () => ({}),
});

describe('limits', () => {
  it.each<[Record<string, MemberLimit>, object, boolean, string]>([
    [{ A: { length: [1, 3] } }, { A: 'abc' }, true, 'of the maximum length'],
    [{ A: { length: [1, 3] } }, { A: 'abcd' }, false, 'too long'],
    [{ A: { length: [1, 3] } }, { A: '' }, false, 'too short'],
    [{ A: { length: [1, 3] } }, {}, true, 'absent'],
    [{ A: { required: true } }, {}, false, 'absent and required'],
    [{ A: { length: [0, 1] } }, { A: { x: 1, y: 2 } }, false, 'too many entries of a map'],
    [{ A: { length: [0, 1] } }, { A: [1, 2] }, false, 'too many items'],
    [{ 'A[]': { pattern: /^a$/ } }, { A: ['a', 'b'] }, false, 'one item does not match'],
    [{ 'A[].B': { range: [1, 9] } }, { A: [{ B: 9 }, {}] }, true, 'the highest'],
    [{ 'A[].B': { range: [1, 9] } }, { A: [{ B: 9 }, { B: 10 }] }, false, 'too high inside a list'],
    [{ 'A{}': { length: [0, 2] } }, { A: { x: 'abc' } }, false, 'a value of a map is too long'],
    [{ 'A{}[]': { values: ['x'] } }, { A: { k: ['x', 'y'] } }, false, 'an unknown value inside a map of lists'],
    [{ 'A.B': { required: true } }, {}, true, 'required only inside present members'],
    [{ 'A.B': { required: true } }, { A: {} }, false, 'required inside present members'],
    [{ constructor: { required: true } as const }, {}, false, 'an inherited name is not a member'],
  ])('%j on %j: %s, %s', (limits, input, passes) => {
    const check = () => checkLimits(made('ec2', limits), input);
    if (passes) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ name: 'ServiceError', status: 400 }));
  });

  it.each<[ServiceName, string, string]>([
    [
      'apigatewayv2',
      'BadRequestException',
      "1 validation error detected: Value 'abcd' at 'name' failed to satisfy constraint: Member must have length less than or equal to 3",
    ],
    ['elasticloadbalancingv2', 'ValidationError', "Value 'abcd' at 'name'"],
    ['servicediscovery', 'InvalidInput', "Value 'abcd' at 'name'"],
    ['acm', 'ValidationException', "Value 'abcd' at 'name'"],
    ['servicequotas', 'IllegalArgumentException', "Value 'abcd' at 'name'"],
    ['ec2', 'InvalidParameterValue', 'Value (abcd) for parameter name is invalid'],
  ])('of %s are refused as %s', (service, code, text) => {
    const check = () => checkLimits(made(service, { Name: { length: [1, 3] } }), { Name: 'abcd' });
    expect(check).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) as string }));
  });
});

describe('the limits of every operation', () => {
  const steps = (path: string) => path.match(/\[\]|\{\}|[^.[\]{}]+/g) ?? [];
  const at = (shape: Shape, [step, ...rest]: string[]): Shape | undefined => {
    if (step === undefined) return shape;
    if (step === '[]') return shape.kind === 'list' ? at(shape.item.shape, rest) : undefined;
    if (step === '{}') return shape.kind === 'map' ? at(shape.value.shape, rest) : undefined;
    const member = shape.kind === 'structure' ? shape.members.find(({ name }) => name === step) : undefined;
    return member && at(member.shape, rest);
  };
  const fits = ({ length, range, pattern, values }: MemberLimit, { kind }: Shape) =>
    (!length || ['string', 'list', 'map', 'blob'].includes(kind)) &&
    (!range || kind === 'number') &&
    (!(pattern ?? values) || kind === 'string');

  it.each(registry.operations.filter(({ limits }) => limits))(
    '$service $name: each path refers to a member of a matching type',
    async (each) => {
      const input = (await serviceModel(each.service)).operations.get(each.name)?.input as StructureShape;
      for (const [path, limit] of Object.entries(each.limits ?? {})) {
        const shape = at(input, steps(path));
        expect(shape, path).toBeDefined();
        expect(shape && fits(limit, shape), path).toBe(true);
      }
    },
  );
});
