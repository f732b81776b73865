import { render } from 'preact';
import { connect, reportFailures } from './host.js';
import { App } from './view/App.js';
import './styles/page.css';

const page = document.getElementById('page');
if (!page) throw new Error('The frame has no element for the page; see html.ts.');
const host = connect();
reportFailures(host);
render(<App host={host} />, page);
