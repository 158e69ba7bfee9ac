import { admits } from '../../operation/numbered-list.js';
import { createListener, describeListener, setListener } from '../listener-actions.js';
import { slbFamily } from '../../vpc/request/family.js';
import { admitsAny } from '../../vpc/request/lists.js';
import { TOKENS } from '../../vpc/request/text-rules.js';
import type { AlibabaCall } from '../../operation/operation.js';
import { pageByToken } from '../../operation/page.js';
import { listenerItem } from '../listener-settings.js';
import { getListener, getLoadBalancer, listenerKey } from '../load-balancer.js';
import { neededText, oneOf, texts, whole, required, type InputOf } from '../../operation/parameters.js';

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
});
