import { describeTerraform } from '../shows/describe-terraform.js';

const folder = new URL('joined', import.meta.url);
describeTerraform({ about: 'connections between networks', folder, region: 'us-east-1', resources: 22, changed: 3 });
