import { slbFamily } from '../../vpc/request/family.js';
import { newId } from '../../vpc/request/text-rules.js';
import { slbWords, readJsonItems } from '../request.js';
import { getListener, getLoadBalancer, getServerGroup } from '../load-balancer.js';
import { getRule } from '../rules.js';
import type { ListenerRuleRow } from '../state.js';
import { neededText, oneOf, whole, required } from '../../operation/parameters.js';
import { action } from '../../operation/family.js';

/** What one call may name. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createrules */
const MOST_PER_CALL = 10;
const MEMBERS = ['RuleName', 'Domain', 'Url', 'VServerGroupId'];

const LISTENER = {
  LoadBalancerId: neededText,
  ListenerPort: required(whole),
  ListenerProtocol: oneOf('http', 'https'),
} as const;

/** Forwarding rules of layer 7 listeners: settings of their own, apart from those of the listener, are not simulated. */
export const ruleActions = slbFamily({
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
