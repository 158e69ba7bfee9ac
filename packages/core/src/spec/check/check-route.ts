import type { GatewayKindTraits, PathSyntax } from '../../do/kinds/gateway/gateway-traits.js';
import type { Problem } from '../problems/problem.js';
import type { KeyPath } from '../source/source-node.js';
import { deployedStage } from '../../do/kinds/gateway/gateway-spec.js';
import type { CacheSettings, GatewaySpec, StageSettings } from '../../do/model/gateway.js';
import type { RouteSettings } from '../../do/model/route.js';

/**
 * The errors of a route key for a kind of gateway: a greedy variable before the end of the path, half a
 * variable, an empty part, and where names must differ, a duplicate variable name.
 */
export function checkRoute(
  { keys, paths, title }: GatewayKindTraits,
  key: string,
  path: KeyPath,
  problems: Problem[],
): void {
  if (!keys.test(key)) {
    const remedy =
      paths === undefined
        ? 'Write $connect, $disconnect, $default, or what the route selection expression gives, such as sendOrder.'
        : `Write the method and the path, such as 'ANY /orders/{proxy+}'${paths.takesRest === true ? ', or $default' : ''}.`;
    push(problems, path, 'not a valid route key', remedy);
    return;
  }
  if (paths === undefined) return;

  if (key !== '$default') checkPath(key, paths, path, problems);
  else if (paths.takesRest !== true) {
    push(problems, path, `${title} does not support $default`, "Write 'ANY /{proxy+}'.");
  }
}

/** The first error of a route key, for who has no spec. */
export function routeKeyFault(traits: GatewayKindTraits, key: string): Pick<Problem, 'message' | 'remedy'> | undefined {
  const problems: Problem[] = [];
  checkRoute(traits, key, [], problems);
  return problems[0];
}

/** Paths that every kind of gateway allows: most have no variable. */
const PLAIN = /^\S+ (?:\/[A-Za-z0-9._:-]+)+$/;

function checkPath(key: string, rule: PathSyntax, path: KeyPath, problems: Problem[]): void {
  if (PLAIN.test(key)) return;

  const { variable, greedy, marks, unique } = rule;
  const judged = rule.mayEndInSlash === true ? key.replace(/([^ /])\/$/, '$1') : key;
  const parts = judged.replace(/^\S+ \//, '').split('/');
  const isRoot = parts.length === 1 && parts[0] === '';
  const wrong = parts.find((part, at) =>
    greedy.test(part) ? at < parts.length - 1 : marks.test(part) && !variable.test(part),
  );
  if (wrong !== undefined) {
    const remedy = 'Write {name} for one part of the path, and {name+} only at its end.';
    push(problems, path, `${wrong} is not allowed ${greedy.test(wrong) ? 'before the end of' : 'in'} a path`, remedy);
    return;
  }

  const other = parts.find((part) => !isRoot && !marks.test(part) && rule.part?.test(part) === false);
  if (other !== undefined) {
    const message = other === '' ? 'a part of the path is empty' : `${other} is not allowed in a path`;
    push(problems, path, message, 'Write letters, digits and ._:- between single slashes, and no slash at the end.');
    return;
  }
  if (unique !== true) return;

  const names = parts.filter((part) => part.startsWith('{')).map((part) => part.replaceAll(/[{}+]/g, ''));
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) push(problems, path, `{${twice}} is in the path twice`, 'Give one of them another name.');
}

function push(problems: Problem[], path: KeyPath, message: string, remedy: string): void {
  problems.push({ code: 'INVALID_SPEC', message, remedy, path, key: true });
}

/** Routes that are deployed to one stage need its name: nothing else says where callers reach them. */
export function checkStage(
  { stageIsNamed, ref, title, example }: GatewayKindTraits,
  gateway: GatewaySpec,
  path: KeyPath,
  problems: Problem[],
): void {
  if (stageIsNamed !== true || deployedStage(gateway) !== undefined) return;

  const message = `\`stage\` is required: routes of ${title} are deployed to one`;
  problems.push({ code: 'INVALID_SPEC', message, remedy: `Write { ${ref}: ${example}, stage: prod }.`, path });
}

/**
 * Reports settings of a route that its kind of gateway never accepts: one that it does not have, a timeout below the
 * least (the most can be raised), and a path parameter that the route key does not have.
 */
export function checkSettings(
  traits: GatewayKindTraits,
  key: string,
  own: RouteSettings,
  path: KeyPath,
  problems: Problem[],
): void {
  const { settings, title, timeout } = traits;
  for (const setting of Object.keys(own) as (keyof RouteSettings)[]) {
    if (settings.includes(setting)) continue;

    const name = setting === 'timeoutMs' ? 'timeout' : setting;
    refuse(traits, name, `Remove ${name}: routes of ${title} do not have it.`, path, problems);
  }
  if (own.timeoutMs !== undefined && timeout !== undefined && own.timeoutMs < timeout.leastMs) {
    const message = `${title} accepts no timeout below ${timeout.leastMs} ms`;
    problems.push({
      code: 'INVALID_SPEC',
      message,
      remedy: `Write ${timeout.leastMs}ms or more.`,
      path: [...path, 'timeout'],
    });
  }
  checkPathParameters(traits, key, own, path, problems);
}

/** Reports what is declared of stages that this kind of gateway, or what is declared of it, never accepts. */
export function checkStageSettings(
  traits: GatewayKindTraits,
  own: StageSettings,
  isExternal: boolean,
  path: KeyPath,
  problems: Problem[],
): void {
  const { stageSettings = [], title } = traits;
  for (const name of Object.keys(own) as (keyof StageSettings)[]) {
    if (!stageSettings.includes(name)) {
      refuse(traits, name, `Remove ${name}: stages of ${title} do not have it.`, path, problems);
    } else if (isExternal) {
      const message = `${name} is declared for routes that are external`;
      const remedy = `Remove ${name}: settings of their stages are not changed.`;
      problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, name], key: true });
    }
  }
  if (own.cache !== undefined) checkCache(traits, own.cache, path, problems);
}

/** Reports a cache that no stage of this kind of gateway can have. */
function checkCache(
  { cache, title }: GatewayKindTraits,
  { size = 0, ttlSeconds = 0 }: CacheSettings,
  path: KeyPath,
  problems: Problem[],
): void {
  if (cache === undefined) return;

  const report = (key: string, message: string, remedy: string) =>
    problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, 'cache', key] });
  if (!cache.sizes.includes(size)) {
    report('size', `a stage of ${title} has no cache of ${size} GB`, `Write one of ${cache.sizes.join(', ')}.`);
  }
  if (ttlSeconds > cache.mostSeconds || !Number.isInteger(ttlSeconds)) {
    const what = `a cache of ${title} keeps answers for whole seconds, at most ${cache.mostSeconds}`;
    report('ttl', `${what}, and not for ${ttlSeconds} s`, `Write 1s to ${cache.mostSeconds}s.`);
  }
}

function refuse(
  { title, instead = {} }: GatewayKindTraits,
  name: string,
  remedy: string,
  path: KeyPath,
  problems: Problem[],
): void {
  const message = `${title} has no ${name}`;
  problems.push({ code: 'INVALID_SPEC', message, remedy: instead[name] ?? remedy, path: [...path, name], key: true });
}

/** Where the target sees the path of the route, a parameter of the path is one of its variables. */
function checkPathParameters(
  { sendsOwnPath }: GatewayKindTraits,
  key: string,
  { parameters }: RouteSettings,
  path: KeyPath,
  problems: Problem[],
): void {
  if (parameters === undefined || sendsOwnPath !== true) return;

  const variables = new Set([...key.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => name));
  for (const part of ['path', 'query', 'header'] as const) {
    for (const [name, source] of Object.entries(parameters[part] ?? {})) {
      const missing = [
        ...(part === 'path' ? [name] : []),
        ...(source.startsWith('path.') ? [source.slice(5)] : []),
      ].find((one) => !variables.has(one));
      if (missing === undefined) continue;

      const message = `the path of the route has no variable {${missing}}`;
      const remedy = `Write {${missing}} in the route key, or remove the parameter.`;
      problems.push({ code: 'INVALID_SPEC', message, remedy, path: [...path, 'parameters', part, name] });
    }
  }
}
