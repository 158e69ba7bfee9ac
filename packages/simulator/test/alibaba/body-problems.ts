import { isModel, membersOf, type MemberType, type ModelClass } from './official-models.js';

/**
 * Parts of an answer's body that the official model lacks or has with another type: paths with the problem. The
 * typed client drops the former silently.
 */
export function bodyProblems(type: ModelClass, body: unknown): string[] {
  return problems(type, JSON.parse(JSON.stringify(body ?? {})), '');
}

function problems(type: MemberType, value: unknown, path: string): string[] {
  if (type === 'any') return [];
  if (isModel(type)) {
    if (!isRecord(value)) return [`${path} is no structure`];
    const members = new Map(membersOf(type).map(({ wireName, type: inner }) => [wireName, inner]));
    return Object.entries(value).flatMap(([name, item]) => {
      const inner = members.get(name);
      return inner === undefined ? [`${path}.${name} is unknown`] : problems(inner, item, `${path}.${name}`);
    });
  }
  if (typeof type === 'object') {
    if (type.type === 'map') return isRecord(value) ? [] : [`${path} is no map`];
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, index) => problems(type.itemType, item, `${path}[${index}]`));
  }
  return typeof value === type ? [] : [`${path} is ${JSON.stringify(value)}, no ${type}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
