import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { compileSchema } from '../../src/xdm/compile.ts'
import { recordCheck } from '../../src/xdm/check.ts'
import { parseLossless } from '../../src/xdm/lossless.ts'
import { eventsSchema } from '../../src/emulator/seed/events-schema.ts'
import * as f from '../../src/emulator/seed/fields.ts'
const schema = {...eventsSchema, properties: {...eventsSchema.properties, person: f.group({birthDate: f.day, gender: {...f.text, enum:['male','female','not_specified']}, name: f.group({firstName:f.text,lastName:f.text})}), web: f.group({webPageDetails: f.group({URL: f.text, name: f.text, isHomePage: f.flag, pageViews: f.group({value: f.decimal})})}), homeAddress: f.group({street1:f.text, city:f.text, postalCode:f.text, country:f.text, lat: f.decimal})}}
const lines: string[] = []
for (let i=0;i<100000;i++) lines.push(JSON.stringify({_id:`ev-${i}`, timestamp:'2024-05-15T20:20:39.123+02:00', eventType:'commerce.purchases', identityMap:{ECID:[{id:String(1e15+i)+'98882279810196101440',primary:true,authenticatedState:'ambiguous'}]}, person:{birthDate:'1979-01-03',gender:'male',name:{firstName:'Anna'+i,lastName:'Meier'}}, web:{webPageDetails:{URL:'https://example.com/a/b?c='+i,name:'home',isHomePage:false,pageViews:{value:1.5+i}}}, homeAddress:{street1:'Main street '+i,city:'Town',postalCode:'12345',country:'DE',lat:45.123+i/7}, productListItems:[{SKU:'a'+i,name:'Thing',quantity:i%5,priceTotal:i+0.25},{SKU:'b',name:'Other thing',quantity:2,priceTotal:10.99}], _emutenant:{loyaltyId:'L'+i,store:'s',weeklySales:1643690.9}}))
const bytes = lines.reduce((n,l)=>n+l.length,0)
console.log('bytes/record', bytes/lines.length)
const compiled = compileSchema(schema)
const check = recordCheck(compiled,{showValues:false,isForProfile:true})
const ajv = new Ajv.default({strict:false, allErrors:true}); addFormats.default(ajv)
const v = ajv.compile(schema)
let issues=0
const time=(name:string,fn:()=>void)=>{ let best=Infinity; for(let r=0;r<6;r++){const t=performance.now(); fn(); best=Math.min(best,performance.now()-t)} console.log(name.padEnd(36), best.toFixed(0)+' ms', (lines.length/best*1000/1e3).toFixed(0)+'k rec/s'); return best}

const { textCheck } = await import('../../src/xdm/check-text.ts')
const ds = compileSchema({...eventsSchema, properties:{_id:f.text,eventType:f.text,timestamp:f.dateTime,_acpmlexploratoryexternal:f.group({date:f.text,store:f.whole,storeType:f.text,weeklySales:f.decimal,storeSize:f.whole,temperature:f.decimal,regionalFuelPrice:f.decimal,markdown:f.decimal,cpi:f.decimal,unemployment:f.decimal,isHoliday:f.flag})}})
const dsw = (await import('node:fs')).readFileSync('/work/shared/data/DSWRetailSales.jsonl','utf8').trim().split('\n')
const noop=()=>{issues++}
function suite(lines, schema, opts, vv){
 const parsed=lines.map(l=>JSON.parse(l)); const check=recordCheck(schema,opts); const tc=textCheck(schema,opts)
 const tasks={ 'JSON.parse':()=>{for(const l of lines)JSON.parse(l)}, 'recordCheck alone':()=>{for(const p of parsed)check(p,noop)}, 'JSON.parse+recordCheck':()=>{for(const l of lines)check(JSON.parse(l),noop)}, 'textCheck':()=>{for(const l of lines)tc(l,noop)}, 'parseLossless+recordCheck':()=>{for(const l of lines)check(parseLossless(l,noop),noop)}, 'JSON.parse+ajv':()=>{for(const l of lines)vv(JSON.parse(l))}}
 const best=Object.fromEntries(Object.keys(tasks).map(k=>[k,Infinity]))
 for(let r=0;r<9;r++) for(const k in tasks){const t=performance.now();tasks[k]();best[k]=Math.min(best[k],performance.now()-t)}
 for(const k in best)console.log(k.padEnd(28),(lines.length/best[k]).toFixed(0)+'k rec/s','ratio',(best['JSON.parse']/best[k]).toFixed(2))
}
suite(lines.slice(0,40000),compiled,{showValues:false,isForProfile:true},v)
console.log('DSW'); suite(dsw.concat(dsw,dsw,dsw),ds,{showValues:false,isForProfile:false},()=>{})
console.log(issues)
