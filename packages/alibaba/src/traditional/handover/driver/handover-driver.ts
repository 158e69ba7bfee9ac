import type { HandoverDriver } from '../run/driver.js';
import type { HandoverFinishDriver } from '../switch/witness.js';
import { STALENESS_MS } from '../../../limits.js';
import type { AlibabaOptions } from '../../../options.js';
import type { Definitions } from './source/source-api.js';
import { methodsBy } from './load-methods.js';

/**
 * Builds the target of a hand-over on Cloud-native API Gateway, changes records of Alibaba Cloud DNS, and deletes what is left of the
 * classic group. Options are those of `alibaba`. Its code and the SDK are loaded with the first call.
 * @throws {InvalidInputError} `REGION_MISSING`
 */
export function handoverDriver(given: AlibabaOptions = {}): HandoverDriver & HandoverFinishDriver {
  const open = methodsBy('handoverDriver', given);
  const definitions: Definitions = new Map();
  const dns = async () => {
    const { session, dnsOf } = await open();
    return dnsOf(session);
  };
  const figures = async () => {
    const { session, figuresOf } = await open();
    return figuresOf(session);
  };
  const classic = async () => {
    const { session, classicSide } = await open();
    return classicSide(session);
  };
  return {
    stalenessMs: STALENESS_MS,
    account: async (ctx) => (await open()).session.account(ctx),
    source: async ({ group, stages }, variables, ctx) => {
      const { session, readSource } = await open();
      definitions.clear();
      const request = { groupId: group.id, stages: stages.map(({ stage }) => stage), variables };
      return readSource(session, request, ctx, definitions);
    },
    find: async (object, place, ctx, fresh) => {
      const { session, methodsOf } = await open();
      return methodsOf(object).find({ object, place, session, ctx, definitions, fresh });
    },
    create: async (object, place, ctx) => {
      const { session, methodsOf } = await open();
      return methodsOf(object).create({ object, place, session, ctx, definitions });
    },
    settle: async (object, id, place, ctx) => {
      const { session, methodsOf } = await open();
      return (await methodsOf(object).settle?.({ object, place, session, ctx, definitions }, id)) ?? 'done';
    },
    remove: async (object, id, place, ctx) => {
      const { session, methodsOf } = await open();
      return methodsOf(object).remove({ object, place, session, ctx, definitions }, id);
    },
    address: async (gatewayId, ctx) => {
      const { session, addressOf } = await open();
      return addressOf(session, gatewayId, ctx);
    },
    health: async (serviceId, ctx) => {
      const { session, healthOf } = await open();
      return healthOf(session, serviceId, ctx);
    },
    sign: async (appId, call, ctx) => {
      const { session, signedHeaders } = await open();
      return signedHeaders(session, appId, call, ctx);
    },
    dns: {
      records: async (...given) => (await dns()).records(...given),
      add: async (...given) => (await dns()).add(...given),
      update: async (...given) => (await dns()).update(...given),
      setEnabled: async (...given) => (await dns()).setEnabled(...given),
      setWeighted: async (...given) => (await dns()).setWeighted(...given),
      setWeight: async (...given) => (await dns()).setWeight(...given),
      remove: async (...given) => (await dns()).remove(...given),
      accessName: async (...given) => (await dns()).accessName(...given),
    },
    figures: {
      classic: async (...given) => (await figures()).classic(...given),
      target: async (...given) => (await figures()).target(...given),
    },
    classic: {
      group: async (...given) => (await classic()).group(...given),
      accesses: async (...given) => (await classic()).accesses(...given),
      takeOffline: async (...given) => (await classic()).takeOffline(...given),
      deleteApi: async (...given) => (await classic()).deleteApi(...given),
      unbindDomain: async (...given) => (await classic()).unbindDomain(...given),
      deleteGroup: async (...given) => (await classic()).deleteGroup(...given),
    },
  };
}
