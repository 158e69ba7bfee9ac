import type { TargetView } from '../../do/world/views.js';
import type { Finding } from '../../do/findings/finding.js';
import { subjectOf } from '../../do/findings/subject.js';
import type { MigrationInput } from './migration-input.js';
import { useText, type MovedBackend } from '../../do/world/uses/gateway-uses.js';

/** The facts from which a remedy for one backend is written. */
interface Words {
  readonly input: MigrationInput;
  readonly view: TargetView;
  /** `Point orders to …`: how to point what uses the backend to another one. */
  readonly lead: (where: string) => string;
  /** `route ANY /orders (RELEASE) and 2 more`. */
  readonly uses: string;
  readonly isAws: boolean;
}

/**
 * Remedies of spec checks name changes to the spec. The backends of a gateway that moves are not in a spec:
 * these remedies name changes in the cloud.
 */
const REMEDIES: Readonly<Record<string, (words: Words) => string>> = {
  'target/instance-running': ({ input, view, lead }) => {
    const { ref } = view.spec;
    if (!('instance' in ref)) return upper(`${lead('an existing instance')}.`);
    return input.region.find('instances', ref.instance).is === 'found'
      ? `Start ${ref.instance}, or ${lead('another instance')}.`
      : upper(`${lead('an existing instance')}.`);
  },
  'target/balancer-active': ({ input, view, lead }) => {
    const id = balancerOf(view);
    return id !== undefined && input.region.find('loadBalancers', id).is === 'found'
      ? `Make ${id} active again, or ${lead('another load balancer')}.`
      : upper(`${lead('an existing load balancer')}.`);
  },
  'target/intranet': ({ input, lead }) =>
    upper(`${lead(`an internal CLB instance of ${input.to.networkId ?? 'the VPC'}`)}.`),
  'target/protocol': ({ view, lead, uses, isAws }) => {
    const isTls = view.spec.tls !== undefined;
    if (isAws) {
      return isTls
        ? `Remove TlsConfig from the integration of ${uses} (UpdateIntegration), or ${lead('a listener for HTTPS')}.`
        : `Set ServerNameToVerify in TlsConfig of the integration of ${uses} to the name on the listener's certificate (UpdateIntegration), or ${lead('a listener for HTTP')}.`;
    }
    const scheme = isTls ? 'http' : 'https';
    return `Change the scheme of ${uses} to ${scheme} (VpcScheme, in the draft and by DeployApi on each stage), or ${lead(`a listener for ${isTls ? 'HTTPS' : 'HTTP'}`)}.`;
  },
  'target/answers': ({ lead }) =>
    `Set the default action of the listener to forward to a target group, or ${lead('a listener that forwards')}.`,
  'target/listener': ({ view, lead }) =>
    `Create a listener on this port of ${balancerOf(view) ?? 'the load balancer'}, or ${lead('a port that it listens on')}.`,
  'target/cloud-map': ({ lead }) => upper(`${lead('an existing service')}.`),
  'target/exists': ({ lead }) => upper(`${lead('an existing backend')}.`),
  'target/kind': ({ lead }) => upper(`${lead('a load balancer or a service that the link can call')}.`),
};

/** Failures whose remedy does not mention a spec: they keep it. */
const KEPT: Readonly<Record<string, (finding: Finding) => boolean>> = {
  'target/answers': ({ code, params }) =>
    code !== 'LISTENER_ANSWERS' || (params['does'] !== 'redirect' && params['missesCount'] === 0),
  'target/cloud-map': ({ code }) => code !== 'SERVICE_ABSENT',
  'target/kind': ({ code }) => code !== 'KIND_UNFIT',
  'target/listener': ({ code, params }) => code !== 'NO_LISTENER' || params['othersCount'] === 0,
  'target/protocol': ({ code }) => code === 'HTTP1_REFUSED',
};

/** The finding with a remedy that can be followed without a spec. */
export function withRemedyInPlace(finding: Finding, input: MigrationInput): Finding {
  const { check, verdict } = finding;
  const write = Object.hasOwn(REMEDIES, check) ? REMEDIES[check] : undefined;
  if (verdict !== 'fail' || write === undefined || KEPT[check]?.(finding) === true) return finding;
  const target = subjectOf('target', finding)?.id;
  const view = input.future.targets.find(({ name }) => name === target);
  const backend = view && input.backends.find(({ name }) => view.name === name || view.name.startsWith(`${name} `));
  if (view === undefined || backend === undefined) return finding;
  const { provider } = input.region.region;
  // Calls and members of other clouds are not known.
  if (provider !== 'aws' && provider !== 'alibaba') return finding;
  const isAws = provider === 'aws';
  return { ...finding, remedy: write({ input, view, isAws, uses: usesText(backend), lead: leadOf(backend, isAws) }) };
}

function leadOf(backend: MovedBackend, isAws: boolean): Words['lead'] {
  if (isAws)
    return (where) => `point the integration of ${usesText(backend)} to ${where} (UpdateIntegration, IntegrationUri)`;
  if (backend.target !== undefined) {
    return (where) => `point the authorization ${backend.name} to ${where} (ModifyVpcAccessAndUpdateApis)`;
  }
  return (where) => `point ${usesText(backend)} to ${where}`;
}

function usesText({ uses }: MovedBackend): string {
  const [first] = uses;
  if (first === undefined) return 'what calls it';
  return uses.length === 1 ? useText(first) : `${useText(first)} and ${uses.length - 1} more`;
}

function balancerOf({ target, spec: { ref } }: TargetView): string | undefined {
  return target?.resourceId ?? ('instance' in ref ? ref.instance : undefined);
}

function upper(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
