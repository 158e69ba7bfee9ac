import { type World, alibabaWorld, withhold } from '../world.js';

/** The only target is an address on Alibaba Cloud, with the port of the application. */
export const called =
  (address: string, ...changes: readonly ((world: World) => void)[]) =>
  () =>
    alibabaWorld((world) => {
      world.integration.targets = { orders: { ref: { address, port: 8080 } } };
      world.integration.routes = {};
      for (const change of changes) change(world);
    });

export const unread = withhold('instances', 'ecs:DescribeInstances');
