import { gatewayId } from '../../do/kinds/gateway/gateway-spec.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { AttributeText, SettingWords } from '../rows/setting-words.js';
import type { JudgedWorld } from './judged-world.js';

/** What a plan has in place of the members of the spec that is checked. */
export interface SpecInPlan {
  /** The addresses of links, by their names in the spec. */
  readonly links: ReadonlyMap<string, string>;
  /** The settings of a target of an integration. Undefined: no resource of the plan has it. */
  readonly settings: (integration: string, target: string) => Settings | undefined;
  /** How an option of a command is written at a resource that has an ID. Undefined: the plan does not have it. */
  readonly option: (id: string, name: string, value: string) => string | undefined;
}

type Settings = Readonly<Record<keyof SettingWords, string>>;

/** What the keys of a link in a spec are called where a plan has the link. */
const LINK_KEYS: Readonly<Record<string, string>> = {
  subnets: 'subnets',
  securityGroups: 'security groups',
  loadBalancer: 'load balancer',
  spec: 'instance type',
  instanceCidr: 'block of the instance',
  access: 'access',
  tags: 'tags',
};
const LINK = /(under )?links\.([\w-]+)\.(\w+)/g;
const TLS = /(Write|Remove) integrations\.([\w-]+)\.targets\.([\w-]+)\.tls(?![\w.]*\.\w)/g;
const SERVER_NAME = /integrations\.([\w-]+)\.targets\.([\w-]+)\.tls\.serverName/g;
const HOST = /If you know the Host header of these calls, write it under assume\.hosts\.([\w-]+)\.([\w-]+)/g;

/** A command that sets something of what its first option names: the last option. */
const COMMAND = /: [a-z]+ [\w-]+ set-[\w-]+ --[\w-]+ (\S+)(?: [^:]*)? --([\w-]+) (\S+)$/;

/** A remedy names resources and their attributes, in place of members of a spec such as `links.shop.subnets`. */
export function inPlan(remedy: string | undefined, { links, settings, option }: SpecInPlan): string | undefined {
  return remedy
    ?.replaceAll(LINK, (text, under: string | undefined, name: string, key: string) => {
      const address = links.get(name);
      const what = LINK_KEYS[key];
      return address === undefined || what === undefined
        ? text
        : `${under === undefined ? '' : 'as '}the ${what} of ${address}`;
    })
    .replaceAll(TLS, (text, verb: string, name: string, target: string) => {
      const own = settings(name, target);
      return (verb === 'Write' ? own?.withTls : own?.withoutTls) ?? text;
    })
    .replaceAll(SERVER_NAME, (text, name: string, target: string) => settings(name, target)?.serverName ?? text)
    .replace(COMMAND, (text, id: string, name: string, value: string) => option(id, name, value) ?? text)
    .replaceAll(HOST, (text, name: string, target: string) => settings(name, target)?.host ?? text);
}

/** How what commands set is written in a plan. */
export function optionsIn(
  { instances, references }: ToolPlan,
  names: ReadonlyMap<string, string>,
): SpecInPlan['option'] {
  return (id, name, value) => {
    const instance = instances.find(({ address }) => address === names.get(id));
    if (instance === undefined) return undefined;

    const written = references(
      () => undefined,
      () => undefined,
    ).nameOf(instance, [name.replaceAll('-', '_')]);
    return `: write ${written} ${value} at ${instance.address}.`;
  };
}

/** How the settings of the integrations of a world are written in a plan. */
export function settingsIn(plan: ToolPlan, { laid, spec }: JudgedWorld, set: PlanSet): SpecInPlan['settings'] {
  return (name, target) => {
    const { gateway: reference, routes: declared = {} } = spec.integrations[name] ?? {};
    const id = reference && gatewayId(reference);
    const region = laid.snapshot.regions.find(({ gateways }) => gateways.some((one) => one.id === id));
    const gateway = region?.gateways.find((one) => one.id === id);
    const words = gateway && set.named(region?.provider ?? '')?.settings?.[gateway.kind];
    const route = gateway?.routes.find(({ key }) => Object.hasOwn(declared, key) && declared[key] === target);
    const address =
      laid.names.get(route?.integrationId ?? '') ?? laid.routes.get(`${gateway?.id ?? ''} ${route?.id ?? ''}`);
    const instance = plan.instances.find((one) => one.address === address);
    if (words === undefined || instance === undefined) return undefined;

    const references = plan.references(
      () => undefined,
      () => undefined,
    );
    const at: AttributeText = (path) => `${references.nameOf(instance, path)} of ${instance.address}`;
    return {
      withTls: words.withTls(at),
      withoutTls: words.withoutTls(at),
      serverName: words.serverName(at),
      host: words.host(at),
    };
  };
}
