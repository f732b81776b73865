import { restoreFreeze } from './freezing.js';
import 'ses';

restoreFreeze();
