// What Tunnel Cloud is: its accounts, quotas and networks, its one kind of link and its one kind of gateway, with their rules; and its checks.
import { ROUTE_KEY } from '@postern/core/cloud';
import { ADDRESS, defineCloud, plainAddress, type Quota } from '@postern/core/kinds';
import { InvalidInputError } from '@postern/core';
import { checks, remarks } from './checks.js';

const TUNNELS: Quota = {
  name: 'tunnels',
  what: 'tunnels',
  byDefault: 5,
  byTicket: true,
  grows: 'each network',
  source: 'https://tunnel.example/limits',
};

export const cloud = defineCloud({
  name: 'tunnel',
  title: 'Tunnel Cloud',
  checks,
  remarks,
  quotas: { tunnels: TUNNELS },
  quotasReadOn: '2026-11-26',
  // What undoes a move: a tool that still declares the old tunnel.
  moveTexts: {
    declared: {
      'tunnel-router': {
        undone: ({ gateway, old }) =>
          `if Terraform declares routes of ${gateway} on ${old}, the next run sets ${old} again`,
        edits: ({ old, next }) => [
          { kind: 'Terraform', id: 'tunnel_route', text: `tunnel_id = "${old}" → tunnel_id = "${next}"` },
        ],
      },
    },
  },
  network: {
    account: {
      form: /^acc-\d{4}$/,
      example: 'acc-1234',
      fault: 'expected acc- and four digits',
      remedy: 'Write acc-1234.',
    },
    aclEntriesAreNumbered: true,
    loadBalancersFailOpen: false,
    readsTargetHealth: 'health:read',
    clientAddressesStayNear: false,
    groupsReachPeers: false,
    addressesAreInterfaces: true,
    routersAreListed: true,
    natHasDestinations: false,
    groupsMayServeOtherNetworks: false,
    emptyZonesLeaveDns: false,
    groupRulesHavePriorities: false,
    publicBalancersStandOutside: false,
  },
  links: {
    tunnel: {
      createdOn: 'tunnel',
      createdFrom: 'subnets',
      callsFrom: 'subnets',
      targets: ['address', 'rope'],
      settings: [],
      quota: TUNNELS,
      idPrefix: 'tun',
      groupPerZone: false,
      movesWhole: { link: 'tunnel', gateway: 'router' },
      plans: {
        linksCostMoney: false,
        targetsAreResources: false,
        allowlistNeedsCreation: false,
        allowlistHasPorts: false,
      },
      rules: {
        kind: 'tunnel',
        provider: 'tunnel',
        // The service refuses a tunnel in one subnet.
        requestRefusals: ({ subnetIds }) =>
          subnetIds.length > 1
            ? []
            : [
                new InvalidInputError('INVALID_SPEC', 'a tunnel needs two subnets', {
                  remedy: 'Name a second subnet, in another zone.',
                }),
              ],
        targetRefusals: () => [],
        // A private address needs no resource.
        plainTarget: plainAddress,
      },
    },
  },
  regions: {
    form: /^[a-z]+-\d$/,
    what: 'region of Tunnel Cloud',
    example: 'north-1',
    variables: ['TUNNEL_REGION'],
  },
  credentials: { names: /^TUNNEL_/, because: 'the tools of Tunnel Cloud read credentials from it' },
  targets: {
    address: ADDRESS,
    // A kind of target that only this cloud has. Postern follows no path to one: its checks say unknown.
    rope: {
      form: 'cloud name',
      about: 'The name of a rope, which ends at machines of the network.',
      examples: ['orders-rope'],
      mustExist: true,
      written: ({ kind, name }) => (kind === 'rope' ? name : undefined),
      faults: (name) =>
        /^[a-z-]+-rope$/.test(String(name))
          ? []
          : [
              {
                code: 'INVALID_SPEC',
                message: `${String(name)} is not the name of a rope`,
                remedy: 'Write a name that ends in -rope.',
                path: [],
              },
            ],
    },
  },
  ids: { kinds: { tun: 'tunnel', sub: 'subnet', grp: 'security group' }, subnet: 'sub', securityGroup: 'grp' },
  // Names of tunnels are names of hosts. The spec alone shows that.
  linkFaults: ({ name, id }, { key }) =>
    id !== undefined || /^[a-z0-9-]+$/.test(name ?? key)
      ? []
      : [
          {
            code: 'NAME_NOT_ALLOWED',
            message: `${name ?? key} is not a valid name of a tunnel`,
            remedy: 'Use lower-case letters, digits and "-".',
            path: name === undefined ? [] : ['name'],
          },
        ],
  recognizes: /^(?:tun-\d+|(?:north|south)-\d)$/,
  backend: { form: 'ADDRESS:PORT', refOf: (address, port) => ({ address, port }) },
  loadPermissions: async () => (await import('./permissions.js')).permissions,
  gateways: {
    'tunnel-router': {
      ref: 'tunnelRouter',
      provider: 'tunnel',
      title: 'a router of Tunnel Cloud',
      example: 'router1',
      stagesShowInPaths: false,
      keys: ROUTE_KEY,
      settings: [],
      authorizers: 'none',
      links: ['tunnel'],
      movesAsOne: false,
      routesMove: true,
      routesNeedDeployment: false,
      rules: {
        own: ({ id }) => `https://${id}.tunnel.example`,
        stage: { in: 'path', unnamed: 'live' },
        madeAnswer: () => undefined,
      },
    },
  },
});
