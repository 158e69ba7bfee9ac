import { idForm, type AttributeUse } from '@postern/core/internal/overlay';

/** What attributes of Alibaba Cloud name, by the forms of their IDs. */
export const ALIBABA = {
  network: idForm('vpc'),
  subnet: { ...idForm('vsw'), more: 'paths' },
  /** Of a network ACL more vSwitches mean neither more paths nor that more is allowed. */
  filtered: idForm('vsw'),
  group: { ...idForm('sg'), more: 'allows' },
  table: idForm('vtb'),
  acl: idForm('nacl'),
  prefixList: idForm('pl'),
  machine: idForm('i'),
  balancer: idForm('lb'),
  serverGroup: idForm('rsp'),
  /** What an authorization is for: an instance, a load balancer, or an address. */
  backend: { attribute: 'id', form: /^(?:(?:i|lb)-[0-9a-z]+|\d+(?:\.\d+){3})$/ },
  hop: { attribute: 'id', form: /^[a-z0-9]+-[0-9a-z]+$/ },
  instance: { attribute: 'id', form: /^apigateway-[0-9a-z-]+$/ },
  apiGroup: { attribute: 'id', form: /^[0-9a-f]{32}$/ },
  gateway: idForm('gw'),
  service: idForm('svc'),
  httpApi: idForm('api'),
  accessName: { attribute: 'name', form: /^[\w-]+$/ },
} as const satisfies Record<string, AttributeUse>;

/** IDs of what does not exist yet. */
export const prefixed = (prefix: string) => (_: unknown, hash: string) => `${prefix}-tf${hash.slice(0, 18)}`;
