import type { InputShape } from '@postern/core/internal/overlay';
import type { Parameter, ProductName } from './operation/operation.js';
import type { ParameterTable } from './operation/family.js';
import { alibabaRegistry } from './services.js';

/** The input of an action as `Vpc.CreateVpc`, by its table of parameters. Undefined: it is not simulated. */
export function alibabaInput(operation: string): InputShape | undefined {
  const [product = '', name = ''] = operation.split('.');
  const found = alibabaRegistry.find(product as ProductName, name);
  return found && membersOf(found.parameters);
}

/** Parameters that are any JSON have no names to be filled by. */
function membersOf(parameters: ParameterTable): InputShape {
  const shapes = Object.entries(parameters).flatMap(([name, parameter]) => {
    const shape = shapeOf(parameter);
    return shape === undefined ? [] : [[name, shape] as const];
  });
  return { members: Object.fromEntries(shapes) };
}

function shapeOf({ type, items, members = {} }: Parameter): InputShape | undefined {
  if (type === 'structure') return membersOf(members);
  if (type === 'json') return undefined;
  if (type !== 'list') return ({ string: 'text', integer: 'number', boolean: 'flag' } as const)[type];

  const inner = items && shapeOf(items);
  return inner && { list: inner };
}
