import { strict } from '../../../forms/form.js';
import {
  registrarShape,
  type RegisteredGroup,
  type RegisteredService,
  type Registrar,
} from '../../../model/registrar.js';
import { part, resource } from '../resource.js';

const at = (id: string, port: number | undefined): string => (port === undefined ? id : `${id} at port ${port}`);

/** See {@link Registrar}. */
export const registrars = resource(strict<Registrar>()(registrarShape), {
  key: 'id',
  noun: 'registrar',
  unread: { one: 'what registers targets', all: 'what registers targets' },
  diffOrder: 26,
  holds: 'scope',
  parts: {
    targetGroups: part<RegisteredGroup>('target group', ({ targetGroupId, port }) => at(targetGroupId, port)),
    registries: part<RegisteredService>('discovery service', ({ serviceId, port }) => at(serviceId, port)),
  },
});
