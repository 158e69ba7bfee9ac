import { isObject } from '../../ground/json.js';
import { Open } from '../declared/open.js';
import type { PlanFault } from '../declared/tool-plan.js';
import type { Value } from '../declared/values.js';
import { substituted } from '../cloudformation/evaluate.js';
import { dependsOn } from '../cloudformation/plan.js';
import { membersOf } from '../cloudformation/read-template.js';
import type { FoundStack } from './declared-stacks.js';

/**
 * What a template names and does not have: CloudFormation refuses the template as a whole. Of a condition that is not
 * decided nothing is said, nor of a template that a macro changes.
 */
export function faultsIn(stack: FoundStack): readonly PlanFault[] {
  const { parameters, resources, transform } = stack.given.template;
  if (transform !== undefined) return [];

  const isOpen = (name: string): boolean =>
    name.startsWith('AWS::') || name === '' || Object.hasOwn(parameters, name) || IS_FLAG.test(name);
  return Object.entries(resources).flatMap(([name, resource]) => {
    if (stack.has(name) !== true) return [];

    const named = [...namesIn(resource['Properties'] ?? null, stack)];
    const left = named.filter((one) => Object.hasOwn(resources, one) && stack.has(one) === false);
    const missing = [...named, ...dependsOn(resource)].filter((one) => !isOpen(one) && !Object.hasOwn(resources, one));
    const address = stack.address(name);
    const fault = (other: string, remedy: string): PlanFault => ({
      address,
      words: `Unresolved resource dependencies [${other}] in the Resources block of the template`,
      remedy,
    });
    return [
      ...[...new Set(left)].map((one) =>
        fault(
          one,
          `At ${address}, name ${one} under its condition (${String(resources[one]?.['Condition'])}) alone, with Fn::If.`,
        ),
      ),
      ...[...new Set(missing)].map((one) =>
        fault(one, `At ${address}, correct the name ${one}: no parameter and no resource has it.`),
      ),
    ];
  });
}

/** The parameters without a value that resources and conditions name. */
export function lackingIn(stack: FoundStack): readonly string[] {
  const { parameters, resources, conditions } = stack.given.template;
  const values = [...Object.values(conditions), ...Object.values(resources).map(({ Properties = null }) => Properties)];
  const named = values.flatMap((one) => [...namesIn(one, stack)]);
  return [...new Set(named)].filter((name) => {
    const value = Object.hasOwn(parameters, name) ? stack.stack?.valueOf({ Ref: name }) : undefined;
    return value instanceof Open && !value.isSecret;
  });
}

/** The resources with a macro beside members of their own: what it adds is not in the template. */
export function macrosIn(stack: FoundStack): readonly string[] {
  const isMixed = (value: Value): boolean =>
    Array.isArray(value)
      ? (value as readonly Value[]).some(isMixed)
      : isObject(value) &&
        Object.entries(value as object).some(([name, one], _, all) =>
          name === 'Fn::Transform' ? all.length > 1 : isMixed(one as Value),
        );
  return Object.entries(stack.given.template.resources).flatMap(([name, { Properties = null }]) =>
    isMixed(Properties) ? stack.address(name) : [],
  );
}

/** A name that is written as `Y` without quotes is a boolean in YAML 1.1. */
const IS_FLAG = /^(?:true|false)$/;

/** What expressions name where conditions are decided. */
function* namesIn(value: Value, stack: FoundStack): Generator<string> {
  if (Array.isArray(value)) for (const one of value as readonly Value[]) yield* namesIn(one, stack);
  if (!isObject(value) || Array.isArray(value)) return;

  for (const [name, argument] of Object.entries(value)) {
    const [first = null, yes = null, no = null] = Array.isArray(argument) ? (argument as readonly Value[]) : [argument];
    if (name === 'Fn::Transform') continue;
    if (name === 'Ref') yield String(argument);
    else if (name === 'Fn::GetAtt') yield String(first).split('.', 1)[0] ?? '';
    else if (name === 'Fn::Sub') {
      yield* inText(first, membersOf(yes));
      yield* namesIn(yes, stack);
    } else if (name === 'Fn::If') {
      const isTrue = stack.holds(String(first));
      if (typeof isTrue === 'boolean') yield* namesIn(isTrue ? yes : no, stack);
    } else yield* namesIn(argument, stack);
  }
}

function* inText(text: Value, own: { readonly [name: string]: Value }): Generator<string> {
  for (const [at, part] of substituted(typeof text === 'string' ? text : '').entries()) {
    const name = part.trim();
    if (at % 2 === 1 && !name.startsWith('!') && !Object.hasOwn(own, name)) yield name.split('.', 1)[0] ?? '';
  }
}
