import { admitsAny } from '../../vpc/request/lists.js';
import { slbFamily, TOKENS, newId } from '../../vpc/request/text-rules.js';
import type { AlibabaCall } from '../../operation/operation.js';
import { createListener, describeListener, setListener, listenerItem } from '../listener-settings.js';
import { getListener, getLoadBalancer, listenerKey, getServerGroup } from '../load-balancer.js';
import {
  pageByToken,
  admits,
  neededText,
  oneOf,
  texts,
  whole,
  required,
  type InputOf,
  action,
} from '../../operation/family.js';
import { slbWords, readJsonItems } from '../request.js';
import { getRule } from '../rules.js';
import type { ListenerRuleRow } from '../state.js';

const LISTENER_TARGET = {
  LoadBalancerId: neededText,
  ListenerPort: required(whole),
  ListenerProtocol: oneOf('tcp', 'udp', 'http', 'https'),
};

const listenerIs = (status: 'running' | 'stopped') => ({
  parameters: LISTENER_TARGET,
  run({ state }: AlibabaCall, { LoadBalancerId, ListenerPort, ListenerProtocol }: InputOf<typeof LISTENER_TARGET>) {
    getListener(getLoadBalancer(state, LoadBalancerId), ListenerPort, ListenerProtocol).Status = status;
    return {};
  },
});

/** What one call may name. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createrules */
const MOST_PER_CALL = 10;
const MEMBERS = ['RuleName', 'Domain', 'Url', 'VServerGroupId'];

const LISTENER = {
  LoadBalancerId: neededText,
  ListenerPort: required(whole),
  ListenerProtocol: oneOf('http', 'https'),
} as const;

/**
 * Listeners, and forwarding rules of those of layer 7: settings of their own, apart from those of the
 * listener, are not simulated.
 */
export const listenerActions = slbFamily({
  CreateLoadBalancerTCPListener: createListener('tcp'),
  CreateLoadBalancerUDPListener: createListener('udp'),
  CreateLoadBalancerHTTPListener: createListener('http'),
  CreateLoadBalancerHTTPSListener: createListener('https'),

  SetLoadBalancerTCPListenerAttribute: setListener('tcp'),
  SetLoadBalancerUDPListenerAttribute: setListener('udp'),
  SetLoadBalancerHTTPListenerAttribute: setListener('http'),
  SetLoadBalancerHTTPSListenerAttribute: setListener('https'),

  DescribeLoadBalancerTCPListenerAttribute: describeListener('tcp'),
  DescribeLoadBalancerUDPListenerAttribute: describeListener('udp'),
  DescribeLoadBalancerHTTPListenerAttribute: describeListener('http'),
  DescribeLoadBalancerHTTPSListenerAttribute: describeListener('https'),

  /** It runs at once. */
  StartLoadBalancerListener: listenerIs('running'),

  StopLoadBalancerListener: listenerIs('stopped'),

  DeleteLoadBalancerListener: {
    parameters: LISTENER_TARGET,
    run({ state }, { LoadBalancerId, ListenerPort, ListenerProtocol }) {
      const balancer = getLoadBalancer(state, LoadBalancerId);
      const { protocol } = getListener(balancer, ListenerPort, ListenerProtocol);
      balancer.listeners.delete(listenerKey(protocol, ListenerPort));
      return {};
    },
  },

  /** Its list has no wrapper. */
  DescribeLoadBalancerListeners: {
    parameters: {
      LoadBalancerId: { ...texts, length: [0, 10] },
      ListenerProtocol: oneOf('tcp', 'udp', 'http', 'https'),
      ...TOKENS,
    },
    run({ state }, { LoadBalancerId, ListenerProtocol, ...asked }) {
      for (const id of LoadBalancerId ?? []) getLoadBalancer(state, id);
      const rows = [...state.slb.loadBalancers.values()]
        .filter((row) => admitsAny(LoadBalancerId, [row.LoadBalancerId]))
        .flatMap(({ LoadBalancerId: id, listeners }) => [...listeners].map(([key, row]) => ({ id, key, row })))
        .filter(({ row }) => admits(ListenerProtocol, row.protocol));
      const { items, NextToken } = pageByToken(rows, asked, {
        operation: { product: 'Slb', name: 'DescribeLoadBalancerListeners' },
        list: (LoadBalancerId ?? []).join(','),
        defaultSize: 20,
        largest: 100,
        key: ({ id, key }) => `${id}/${key}`,
      });
      return {
        Listeners: items.map(({ id, row }) => listenerItem(id, row)),
        MaxResults: asked.MaxResults ?? 20,
        NextToken,
        TotalCount: rows.length,
      };
    },
  },

  /** Adds rules: all of them, or, where one is refused, none. */
  CreateRules: {
    parameters: { ...LISTENER, RuleList: neededText },
    run(call, { LoadBalancerId, ListenerPort, ListenerProtocol, RuleList }) {
      const balancer = getLoadBalancer(call.state, LoadBalancerId);
      const listener = getListener(balancer, ListenerPort, ListenerProtocol);
      if (listener.protocol !== 'http' && listener.protocol !== 'https') throw slbWords.noListener();

      const items = readJsonItems('RuleList', RuleList, MEMBERS);
      if (items.length === 0 || items.length > MOST_PER_CALL) {
        throw slbWords.invalid('The specified parameter RuleList is not valid.');
      }

      const added: ListenerRuleRow[] = [];
      for (const { RuleName = '', Domain = '', Url = '', VServerGroupId = '' } of items) {
        checkRule(RuleName, Domain, Url);
        const group = getServerGroup(call.state, VServerGroupId);
        if (group.LoadBalancerId !== LoadBalancerId) throw slbWords.noServerGroup();

        const rule = { RuleName, Domain: Domain.toLowerCase(), Url, VServerGroupId, ListenerSync: 'on' } as const;
        const isThere = [...(listener.rules ?? []), ...added].some(
          (row) => row.Domain === rule.Domain && row.Url === Url,
        );
        if (isThere) throw slbWords.invalid('The specified rule exists already.'); // [?] the words

        added.push({ RuleId: newId(call, 'rule'), ...rule });
      }
      listener.rules = [...(listener.rules ?? []), ...added];
      return { Rules: { Rule: added.map(({ RuleId, RuleName }) => ({ RuleId, RuleName })) } };
    },
  },

  DeleteRules: action({ RuleIds: neededText }, ({ state }, { RuleIds }) => {
    const wrapped = RuleIds.replaceAll(/"[^"]*"/g, (id) => `{"RuleId":${id}}`);
    const found = readJsonItems('RuleIds', wrapped, ['RuleId']).map(({ RuleId = '' }) => getRule(state, RuleId));
    for (const { listener, rule } of found) listener.rules = listener.rules?.filter((row) => row !== rule);
    return {};
  }),

  DescribeRules: action(LISTENER, ({ state }, { LoadBalancerId, ListenerPort, ListenerProtocol }) => {
    const { rules = [] } = getListener(getLoadBalancer(state, LoadBalancerId), ListenerPort, ListenerProtocol);
    return { Rules: { Rule: rules } };
  }),
});

/** A rule has a domain or a path. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createrules */
function checkRule(name: string, domain: string, url: string): void {
  const wrong = (what: string) => slbWords.invalid(`The specified parameter ${what} is not valid.`);
  if (name.length < 1 || name.length > 80) throw wrong('RuleName');
  if (domain === '' && url === '') throw wrong('Domain');
  if (domain !== '' && !/^(\*\.)?([a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}$/i.test(domain)) throw wrong('Domain');
  if (url !== '' && !/^\/[\w\-/.%?#&=]{1,79}$/.test(url)) throw wrong('Url');
}
