import type { World } from '../world/world.js';

/** What is wrong with a control call. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Control = (world: World, body: unknown, id: string) => unknown;

/** The control paths of the data path; `*` stands for an ID. */
export const TRAFFIC_CONTROLS: Readonly<Record<string, Control>> = {
  'GET backends': ({ traffic }) => ({ backends: traffic.backends.list() }),
  'POST backends': ({ traffic }, body) => traffic.backends.add(body as Parameters<typeof traffic.backends.add>[0]),
  'DELETE backends': ({ traffic }) => {
    traffic.backends.remove();
    return { backends: [] };
  },
  'DELETE backends/*': ({ traffic }, _body, id) => {
    if (!traffic.backends.remove(Number(id))) throw new ControlError(404, `There is no backend ${id}.`);

    return { backends: traffic.backends.list() };
  },
  'GET traffic': ({ traffic }) => traffic.counters(),
  'DELETE traffic': ({ traffic }) => {
    traffic.resetCounters();
    return traffic.counters();
  },
  'POST load': ({ traffic }, body) => ({ id: traffic.load(body, true) }),
  'GET load/*': ({ traffic }, _body, id) => known(traffic.loadStatus(id), id),
  'DELETE load/*': ({ traffic }, _body, id) => known(traffic.endLoad(id), id),
};

function known<T>(status: T | undefined, id: string): T {
  if (status === undefined) throw new ControlError(404, `There is no load job ${id}.`);

  return status;
}
