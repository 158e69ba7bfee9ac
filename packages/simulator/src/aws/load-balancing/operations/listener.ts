import type { DescribeListenersInput, ModifyListenerInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { defined } from '../../../simulation/defined.js';
import type { Given } from '../../state/given.js';
import { listenerArn, ruleArn, getListener, getLoadBalancer, listenersOf, rulesOf, noteAttachments } from '../find.js';
import { attributeList } from '../attributes.js';
import {
  invalid,
  unfit,
  actionLimits,
  ATTRIBUTES,
  MUTUAL,
  PAGE,
  PORT,
  PROTOCOLS,
  TAGS,
  checkQuota,
  family,
  paged,
} from '../request.js';
import { checkCertificate, checkCertificateRoom } from '../listener/certificates.js';
import { changedListenerAttributes, listenerAttributes } from '../listener/listener-attributes.js';
import {
  duplicateListener,
  listenerSettings,
  portHolder,
  type ListenerSettings,
  type WantedListener,
} from '../listener/listeners.js';
import { newTags } from '../tags.js';
import type { ListenerRow, LoadBalancerRow } from '../state.js';
import { limited } from '../../operation/family.js';

/** Listeners, with their attributes and certificates. */
export const listenerOperations = family({
  /** Makes a listener. The same call again answers the same listener. */
  CreateListener: {
    limits: { Protocol: { values: PROTOCOLS }, Port: PORT, ...actionLimits('DefaultActions'), ...TAGS, ...MUTUAL },
    run(call, input) {
      const balancer = getLoadBalancer(call.state, input.LoadBalancerArn);
      const settings = listenerSettings(call, balancer, input);
      const tags = newTags(input.Tags);
      const holder = portHolder(call, balancer, settings);
      if (holder !== undefined) {
        if (!isSame(holder, settings)) throw duplicateListener(balancer);

        return { Listeners: [holder.fields] };
      }

      checkCount(call, balancer);
      const arn = listenerArn(balancer.fields.LoadBalancerArn, call.id('', 16));
      const row: ListenerRow = {
        fields: { ListenerArn: arn, LoadBalancerArn: balancer.fields.LoadBalancerArn, ...settings },
        extraCertificateArns: [],
        defaultRule: { arn: ruleArn(arn, call.id('', 16)), tags: {} },
        attributes: {},
        tags,
      };
      call.state.loadBalancing.listeners.set(arn, row);
      noteAttachments(call);
      return { Listeners: [row.fields] };
    },
  },

  /** Replaces properties of a listener; what is not named stays. Leaving HTTPS or TLS drops policy and certificate. */
  ModifyListener: {
    limits: { Protocol: { values: PROTOCOLS }, Port: PORT, ...actionLimits('DefaultActions'), ...MUTUAL },
    run(call, input) {
      const row = getListener(call.state, input.ListenerArn);
      const balancer = getLoadBalancer(call.state, row.fields.LoadBalancerArn);
      const settings = listenerSettings(call, balancer, merged(row, input));
      const moved = settings.Port !== row.fields.Port || settings.Protocol !== row.fields.Protocol;
      const holder = moved ? portHolder(call, balancer, settings) : undefined;
      if (holder !== undefined && holder !== row) throw duplicateListener(balancer);

      row.fields = { ...row.fields, ...settings };
      if (!SECURE.has(settings.Protocol)) row.extraCertificateArns = [];
      noteAttachments(call);
      return { Listeners: [row.fields] };
    },
  },

  /** Deletes a listener with its rules. */
  DeleteListener(call, input) {
    const { ListenerArn: arn, LoadBalancerArn: balancerArn, Port } = getListener(call.state, input.ListenerArn).fields;
    const { listeners, rules, targetGroups } = call.state.loadBalancing;
    for (const { targets } of targetGroups.values()) {
      const target = targets.find(({ id, port }) => id === balancerArn && port === Port);
      if (target !== undefined && target.deregisteredAt === undefined) {
        throw new ServiceError(
          'ResourceInUse',
          `Listener port '${Port}' is in use by registered target '${balancerArn}' and cannot be removed.`,
        );
      }
    }
    for (const rule of rulesOf(call.state, arn)) rules.delete(rule.fields.RuleArn);
    listeners.delete(arn);
    noteAttachments(call);
    return {};
  },

  /** Lists listeners of a load balancer, or those named by ARN. */
  DescribeListeners: limited(PAGE, (call, input, name) => {
    const rows = chosen(call, input).map(({ fields }) => fields);
    return paged('Listeners', `${name} ${input.LoadBalancerArn ?? ''}`, rows, input, (row) => row.ListenerArn);
  }),

  /** Every attribute that a listener of its protocol has. */
  DescribeListenerAttributes: (call, input) => ({
    Attributes: attributeList(listenerAttributes(getListener(call.state, input.ListenerArn))),
  }),

  /** Sets attributes of a listener; answers all of them. */
  ModifyListenerAttributes: limited(ATTRIBUTES, (call, input) => {
    const row = getListener(call.state, input.ListenerArn);
    row.attributes = changedListenerAttributes(row, input.Attributes);
    return { Attributes: attributeList(row.attributes) };
  }),

  /**
   * Adds certificates that a listener chooses by server name. A certificate that the listener already has is
   * not an error.
   */
  AddListenerCertificates(call, input) {
    const row = getListener(call.state, input.ListenerArn);
    const balancer = getLoadBalancer(call.state, row.fields.LoadBalancerArn);
    const [first] = row.fields.Certificates ?? [];
    if (first === undefined) throw unfit(`Certificates cannot be added to ${row.fields.Protocol} listeners`);

    const arns = input.Certificates.map(({ CertificateArn = '', IsDefault }) => {
      if (IsDefault !== undefined) throw invalid("'IsDefault' cannot be specified");

      return checkCertificate(call, CertificateArn);
    });
    const extra = [...new Set([...row.extraCertificateArns, ...arns.filter((arn) => arn !== first.CertificateArn)])];
    checkCertificateRoom(call, balancer, row, extra);
    row.extraCertificateArns = extra;
    return {
      Certificates: arns.map((CertificateArn) => ({
        CertificateArn,
        IsDefault: CertificateArn === first.CertificateArn,
      })),
    };
  },

  /** Removes certificates of a listener, save the default one. */
  RemoveListenerCertificates(call, input) {
    const row = getListener(call.state, input.ListenerArn);
    const arns = input.Certificates.map(({ CertificateArn = '' }) => CertificateArn);
    if (row.fields.Certificates?.some(({ CertificateArn = '' }) => arns.includes(CertificateArn))) {
      throw new ServiceError('OperationNotPermitted', 'The default certificate of a listener cannot be removed');
    }

    row.extraCertificateArns = row.extraCertificateArns.filter((arn) => !arns.includes(arn));
    return {};
  },

  /** Lists the certificates of a listener, the default one first. */
  DescribeListenerCertificates: limited(PAGE, (call, input, name) => {
    const row = getListener(call.state, input.ListenerArn);
    const all = [
      ...(row.fields.Certificates ?? []).map((certificate) => ({ ...certificate, IsDefault: true })),
      ...row.extraCertificateArns.map((CertificateArn) => ({ CertificateArn, IsDefault: false })),
    ];
    return paged('Certificates', `${name} ${input.ListenerArn}`, all, input, (one) => one.CertificateArn ?? '');
  }),
});

function isSame(row: ListenerRow, settings: ListenerSettings): boolean {
  return (Object.keys(settings) as (keyof ListenerSettings)[]).every(
    (key) => JSON.stringify(row.fields[key]) === JSON.stringify(settings[key]),
  );
}

function checkCount(call: AwsCall, balancer: LoadBalancerRow): void {
  const { LoadBalancerArn: arn, Type: type } = balancer.fields;
  const { length } = listenersOf(call.state, arn);
  if (type === 'gateway') {
    // A gateway load balancer accepts all traffic: it has one listener.
    if (length > 0) throw duplicateListener(balancer);

    return;
  }
  const things = `listeners on load balancer '${arn}'`;
  checkQuota(call, `listeners-per-${type}-load-balancer`, length, 'TooManyListeners', things);
}

const SECURE = new Set<string | undefined>(['HTTPS', 'TLS']);

function merged({ fields }: ListenerRow, input: Given<ModifyListenerInput>): WantedListener {
  const protocol = input.Protocol ?? fields.Protocol;
  const none = { SslPolicy: undefined, Certificates: undefined, MutualAuthentication: undefined };
  return {
    ...fields,
    ...(SECURE.has(protocol) ? {} : none),
    AlpnPolicy: protocol === 'TLS' ? fields.AlpnPolicy : undefined,
    ...defined(input),
  };
}

function chosen(
  call: AwsCall,
  { LoadBalancerArn: balancer, ListenerArns: arns = [] }: DescribeListenersInput,
): ListenerRow[] {
  if (balancer !== undefined && arns.length > 0) {
    throw invalid('Listener ARNs and a load balancer ARN cannot be specified at the same time');
  }
  if (arns.length > 0) return arns.map((arn) => getListener(call.state, arn));
  if (balancer === undefined) throw invalid('You must specify either listener ARNs or a load balancer ARN');

  return listenersOf(call.state, getLoadBalancer(call.state, balancer).fields.LoadBalancerArn);
}
