import { COMMON_PARAMETERS } from '../../src/alibaba/request/decode-input.js';
import type { AnyAlibabaOperation, Parameter } from '../../src/alibaba/operation/operation.js';
import { isModel, membersOf, model, type MemberType, type PackagedProduct } from './official-models.js';

/** Lists that the clients join with commas, not as JSON. */
const COMMA_JOINED: ReadonlySet<string> = new Set([
  'RemoveApiProductsAuthorities.ApiProductIds',
  'SetApiProductsAuthorities.ApiProductIds',
  'GrantInstanceToVbr.VbrInstanceIds',
  'RevokeInstanceFromVbr.VbrInstanceIds',
]);

/** An action with the parameters of its official model, whether it is simulated or not. */
export function actionOfModel(product: PackagedProduct, name: string): AnyAlibabaOperation {
  const Request = model(product, `${name}Request`);
  const shrunk = shrunkMembers(product, name);
  const parameters = Object.fromEntries(
    (Request ? membersOf(Request) : [])
      .filter(({ wireName }) => !COMMON_PARAMETERS.has(wireName))
      .map(({ wireName, type }): [string, Parameter] => {
        if (COMMA_JOINED.has(`${name}.${wireName}`)) return [wireName, { type: 'string' }];
        return [wireName, shrunk.has(wireName) ? { type: 'json' } : parameterOf(type)];
      }),
  );
  return { product, name, kind: 'read', parameters, run: () => ({}) };
}

/** Members that the client writes as one text each. */
function shrunkMembers(product: PackagedProduct, name: string): ReadonlySet<string> {
  const Shrunk = model(product, `${name}ShrinkRequest`);
  const members = Shrunk ? membersOf(Shrunk) : [];
  return new Set(members.filter((member) => member.name.endsWith('Shrink')).map(({ wireName }) => wireName));
}

function parameterOf(type: MemberType): Parameter {
  if (type === 'number') return { type: 'integer' };
  if (type === 'boolean') return { type: 'boolean' };
  if (typeof type === 'string') return { type: 'string' };
  if (isModel(type)) {
    const members = membersOf(type).map(({ wireName, type: inner }) => [wireName, parameterOf(inner)] as const);
    return { type: 'structure', members: Object.fromEntries(members) };
  }
  return type.type === 'array' ? { type: 'list', items: parameterOf(type.itemType) } : { type: 'json' };
}
