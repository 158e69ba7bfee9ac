import { followed } from '../../do/kinds/id-kinds.js';
import { moveTextsOf } from '../../do/kinds/cloud/clouds.js';
import type { TargetView } from '../../do/world/views.js';
import type { Finding } from '../../do/findings/finding.js';
import { subjectOf } from '../../do/findings/subject.js';
import type { MigrationInput } from './migration.js';
import { useText } from '../../do/world/uses/use-texts.js';
import type { MovedBackend } from '../../do/world/uses/gateway-uses.js';

/** The facts from which a remedy for one backend is written. */
interface Words {
  readonly input: MigrationInput;
  readonly view: TargetView;
  /** `Point orders to …`: how to point what uses the backend to another one. */
  readonly lead: (where: string) => string;
}

/**
 * Remedies of spec checks name changes to the spec. The backends of a gateway that moves are not in a spec:
 * these remedies name changes in the cloud.
 */
const REMEDIES: Readonly<Record<string, (words: Words) => string>> = {
  'target/instance-running': ({ input, view, lead }) => {
    const ref = followed(view.spec.ref);
    if (!('instance' in ref)) return `${lead('an existing instance')}.`;

    return input.region.find('instances', ref.instance).is === 'found'
      ? `Start ${ref.instance}, or ${lead('another instance')}.`
      : `${lead('an existing instance')}.`;
  },
  'target/balancer-active': ({ input, view, lead }) => {
    const id = balancerOf(view);
    return id !== undefined && input.region.find('loadBalancers', id).is === 'found'
      ? `Make ${id} active again, or ${lead('another load balancer')}.`
      : `${lead('an existing load balancer')}.`;
  },
  'target/answers': ({ lead }) =>
    `Set the default action of the listener to forward to a target group, or ${lead('a listener that forwards')}.`,
  'target/listener': ({ view, lead }) =>
    `Create a listener on this port of ${balancerOf(view) ?? 'the load balancer'}, or ${lead('a port that it listens on')}.`,
  'target/exists': ({ lead }) => `${lead('an existing backend')}.`,
  'target/kind': ({ lead }) => `${lead('a load balancer or a service that the link can call')}.`,
};

/** Failures whose remedy does not mention a spec: they keep it. */
const KEPT: Readonly<Record<string, (finding: Finding) => boolean>> = {
  'target/answers': ({ code, params }) =>
    code !== 'LISTENER_ANSWERS' || (params['does'] !== 'redirect' && params['missesCount'] === 0),
  'target/kind': ({ code }) => code !== 'KIND_UNFIT',
  'target/listener': ({ code, params }) => code !== 'NO_LISTENER' || params['othersCount'] === 0,
  'target/protocol': ({ code }) => code === 'HTTP1_REFUSED',
};

/** The finding with a remedy that can be followed without a spec. */
export function withRemedyInPlace(finding: Finding, input: MigrationInput): Finding {
  const { check, verdict, code } = finding;
  if (verdict !== 'fail' || KEPT[check]?.(finding) === true) return finding;

  const { clouds, region } = input.region;
  const { remedies } = moveTextsOf(clouds, region.provider);
  // What leads calls of other clouds elsewhere is not known.
  if (remedies === undefined) return finding;

  const target = subjectOf('target', finding)?.id;
  const view = input.future.targets.find(({ name }) => name === target);
  const backend = view && input.backends.find(({ targets }) => targets.includes(view.name));
  if (view === undefined || backend === undefined) return finding;

  const uses = usesText(backend);
  const lead = (where: string): string =>
    remedies.lead({ name: backend.name, uses, isTarget: backend.target !== undefined }, where);
  const { byCheck = {} } = remedies;
  const { networkId } = input.to;
  const remedy = Object.hasOwn(byCheck, check)
    ? byCheck[check]?.({ code, uses, lead, networkId, isTls: view.spec.tls !== undefined })
    : Object.hasOwn(REMEDIES, check)
      ? REMEDIES[check]?.({ input, view, lead })
      : undefined;
  return remedy === undefined ? finding : { ...finding, remedy: upper(remedy) };
}

function usesText({ uses }: MovedBackend): string {
  const [first] = uses;
  if (first === undefined) return 'what calls it';

  return uses.length === 1 ? useText(first) : `${useText(first)} and ${uses.length - 1} more`;
}

function balancerOf({ target, spec }: TargetView): string | undefined {
  const ref = followed(spec.ref);
  return target?.resourceId ?? ('instance' in ref ? ref.instance : undefined);
}

function upper(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
