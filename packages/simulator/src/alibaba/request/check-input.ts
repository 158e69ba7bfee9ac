import { isObject } from '../../simulation/dispatch/planted-members.js';
import type { AnyAlibabaOperation, Parameter } from '../operation/operation.js';
import { gatewayWords, words, type ProductWords } from '../operation/words.js';
import { ownValue } from '../../simulation/own-value.js';

/**
 * Checks decoded parameters: none unknown, none missing, each of its type and within its limits.
 * @throws {AlibabaError} in the product's words
 */
export function checkInput(operation: AnyAlibabaOperation, input: Readonly<Record<string, unknown>>): void {
  checkMembers(operation, operation.parameters, input, '', words(operation.product));
}

function checkMembers(
  operation: AnyAlibabaOperation,
  parameters: Readonly<Record<string, Parameter>>,
  input: Readonly<Record<string, unknown>>,
  prefix: string,
  say: ProductWords,
): void {
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(parameters, name)) throw gatewayWords.unknownParameter(prefix + name, operation);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    checkValue(operation, parameter, ownValue(input, name), prefix + name, say);
  }
}

function checkValue(
  operation: AnyAlibabaOperation,
  parameter: Parameter,
  value: unknown,
  path: string,
  say: ProductWords,
): void {
  if (value === undefined || value === null || (value === '' && parameter.required)) {
    if (parameter.required) throw say.missing(path);

    return;
  }
  if (!isOfType(parameter, value) || !isWithin(parameter, value)) throw say.invalid(path);
  if (typeof value === 'string' && parameter.values?.includes(value) === false)
    throw Object.assign(say.invalid(path), { isOfList: true });

  const { items, members } = parameter;
  if (Array.isArray(value) && items) {
    value.forEach((item, index) => checkValue(operation, items, item, `${path}.${index + 1}`, say));
  }
  if (isObject(value) && members) checkMembers(operation, members, value, `${path}.`, say);
}

function isOfType({ type }: Parameter, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'list':
      return Array.isArray(value);
    case 'structure':
      return isObject(value);
    case 'json':
      return true;
    default:
      return typeof value === type;
  }
}

function isWithin({ pattern, length, range }: Parameter, value: unknown): boolean {
  if (range && !(Number(value) >= range[0] && Number(value) <= range[1])) return false;
  if (typeof value !== 'string' && !Array.isArray(value)) return true;
  if (length && !(value.length >= length[0] && value.length <= length[1])) return false;

  return typeof value !== 'string' || (pattern?.test(value) ?? true);
}
