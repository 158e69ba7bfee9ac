import { gatewayTraits, withStages } from '../../do/kinds/cloud/gateway-kinds.js';
import { entryOf } from '../../ground/json.js';
import type { GatewaySpec, StageSettings } from '../../do/model/gateway.js';
import type { IntegrationSpec, Spec, TargetSpec } from '../../do/spec.js';
import { checkExternal } from '../check/check-parts.js';
import { referenceProblems, checkVariables } from '../check/check-references.js';
import { checkRoute, checkStage, checkStageSettings } from '../check/check-route.js';
import type { Reading } from '../parse-options.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedGateway } from '../schema/integration-schema.js';
import type { CheckedLink, CheckedSpec, CheckedTarget } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/source-node.js';
import { pick, resolveTarget, resolveRoutes, resolveAssumed, resolveLink } from './resolve-target.js';
import { resolveMoves } from './resolve-moves.js';

export interface Resolved {
  readonly spec: Spec;
  readonly problems: readonly Problem[];
}

/** The path of the link with a name: under `links`, or inside its integration. */
export function linkPath(input: CheckedSpec, name: string): KeyPath {
  return Object.hasOwn(input.links ?? {}, name) ? ['links', name] : ['integrations', name, 'link'];
}

/**
 * Fills in defaults, gives links that are written inside an integration its name, and checks what a schema cannot: blocks,
 * ARNs and their regions, and what refers to what. The region of `reading` is for links where neither they nor the defaults name one.
 */
export function resolveInput(input: CheckedSpec, reading: Reading): Resolved {
  const { clouds } = reading;
  const problems: Problem[] = [];
  const links: [string, CheckedLink][] = Object.entries(input.links ?? {});
  for (const [name, integration] of Object.entries(input.integrations ?? {})) {
    if (typeof integration.link === 'string') continue;

    links.push([name, integration.link]);
    if (!Object.hasOwn(input.links ?? {}, name)) continue;

    const message = `the link written here gets the name ${name}, which a link under links already has`;
    const path: KeyPath = ['integrations', name, 'link'];
    problems.push({ code: 'INVALID_SPEC', message, remedy: `Write link: ${name}, or rename one of them.`, path });
  }
  const linkSpecs = links.map(([name, link]) => {
    const path = linkPath(input, name);
    return [name, resolveLink(name, link, input, reading, path, problems)] as const;
  });
  const linksByName = Object.fromEntries(linkSpecs);

  const integrations = Object.entries(input.integrations ?? {}).map(([name, given]): [string, IntegrationSpec] => {
    const path: KeyPath = ['integrations', name];
    const link = typeof given.link === 'string' ? given.link : name;
    const linkSpec = entryOf(linksByName, link);
    const targets = Object.keys(given.targets).map((key): [string, TargetSpec] => [
      key,
      resolveTarget(given.targets[key] as CheckedTarget, linkSpec, clouds, [...path, 'targets', key], problems),
    ]);
    const { gateway: named, stageSettings } = writtenGateway(given.gateway);
    const gateway = withStages(clouds, named);
    const traits = gatewayTraits(clouds, gateway);
    if (given.owner !== 'external') {
      for (const key of Object.keys(given.routes)) checkRoute(traits, key, [...path, 'routes', key], problems);
      checkStage(traits, gateway, [...path, 'gateway'], problems);
    }
    checkStageSettings(traits, stageSettings, given.owner === 'external', [...path, 'gateway'], problems);
    return [
      name,
      {
        link,
        gateway,
        ...(Object.keys(stageSettings).length === 0 ? {} : { stageSettings }),
        targets: Object.fromEntries(targets),
        ...resolveRoutes(traits, given.routes, [...path, 'routes'], problems),
        ...pick(given, ['owner', 'adopt', 'protect']),
      },
    ];
  });
  const declared = { links: linksByName, integrations: Object.fromEntries(integrations) };
  const moved = resolveMoves(input, declared, problems);
  const spec: Spec = {
    version: 1,
    project: input.project,
    spec: input.spec,
    ...declared,
    ...(moved.length === 0 ? {} : { moved }),
    ...(input.assume === undefined ? {} : { assume: resolveAssumed(input.assume, problems) }),
    ...pick(input, ['ignore']),
  };
  checkExternal(linksByName, (name) => linkPath(input, name), problems);
  checkVariables(spec, clouds, problems);
  return { spec, problems: [...problems, ...referenceProblems(spec, clouds)] };
}

/** How long a cache keeps an answer where a spec does not say it. */
const CACHE_TTL_MS = 300_000;

/** The reference without the keys that are not written, and what is declared of the stages. */
function writtenGateway({ throttle, clientCertificate, cache: given, ...reference }: CheckedGateway) {
  const written = (members: object) =>
    Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  const { ttl = CACHE_TTL_MS, ...others } = given ?? {};
  const cache = given && written({ ...others, ttlSeconds: ttl / 1000 });
  return {
    gateway: written(reference) as GatewaySpec,
    stageSettings: written({ throttle, clientCertificate, cache }) as StageSettings,
  };
}
