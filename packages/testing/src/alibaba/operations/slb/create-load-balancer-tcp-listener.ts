import { createListenerAction } from '../../slb/listener-actions.js';

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createloadbalancertcplistener */
export const createLoadBalancerTCPListener = createListenerAction('tcp');
