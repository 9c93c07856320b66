"""English stems that most people who take notes about work use: two texts that share them need not be about one thing.

Counted in the notes of 24 owners: each stands in those of half of them.
"""

from proactive_tui.text.words import word_set

COMMON_STEMS = word_set(
    """
abandon abil abl abov absolut abstract accept access accomplish accord account accumul accur accuraci achiev across
act action activ actual adapt add addit address adjust admin adopt advanc advantag advic affect against age agent
aggreg ago agre agreement ahead air alert algorithm align alloc allow almost alon along alreadi alt alter altern
alway amazon american among amount analys analysi analyt analyz android annot announc answer anyon anyth anyway
anywher api app appear appl appli applic approach appropri approv architectur archiv area argu argument around array
arriv art articl articul ask aspect assess asset assign assist associ assum async atom attach attempt attend attent
attribut audienc audio audit auth authent author auto autom automat avail averag avoid awar away back backend
background backup backward bad balanc bank bar base bash basi basic batch becam becom begin behavior believ below
benefit best better beyond big bigger biggest bill binari bind bit black blank blob block blog board bodi book
boolean boot bottom bound boundari box branch break bridg bring broad broken brought brows browser bucket budget bug
build built bus busi button buy cach calcul call came campaign cancel cap capabl capac capit captur car card care
carri case cat catch categori caus cell center central certain certif challeng chanc chang channel charact
characterist charg chat check choic choos chunk claim clarifi class classic clean clear cli click client clone close
closer closest cloud cluster code collabor collect color column combin come command comment commit common communic
communiti compani compar comparison compat compet competit compil complet complex complic compon compos composit
comprehens compress comput con concentr concept concern conclus concret condit confid config configur confirm
conflict conform confus connect consequ consid consider consist consol consolid constant constraint construct
consult consum contact contain content context continu contract contribut control convent convers convert cool
coordin copi core corpor correct correl correspond cost count counter countri coupl cours cover cpu crash creat
creation credenti credit critic cross crucial css cultur current curv custom cut cycl daili dark dashboard data
databas date day dead deadlin deal debt debug decad decemb decid decis declar dedic deep deepli default defin
definit degrad degre delay delet deliv deliveri demand demonstr deni depend deploy depth deriv describ descript
design desir desktop despit destin destroy detail detect determin determinist dev develop devic die diff differ
differenti difficult difficulti digit dimens dimension direct directori disabl discov discuss disk display distanc
distinct distribut div dive divers divid divis dns doc docker document dom domain domin door dot doubl download
draft drag draw drive driven driver drop due dump duplic dure dynam each earli earlier easi easier easili edg edit
editor educ effect effici effort either electron element elimin els email embed emerg emphas empti enabl encod
encourag encrypt end endpoint energi enforc engag engin english enhanc enjoy enough ensur enter enterpris entir
entiti entri env environ equal error escap especi essenti establish estim etc evalu even event eventu ever everi
everyon everyth evid evolv exact examin exampl exceed excel except exchang excit exclus execut exercis exist exit
expand expans expect expens experi experienc experiment expert explain explan explicit explor export expos express
extend extens extern extra extract extrem eye face facebook facilit fact factor fail failur fair fake fall fals
famili familiar far fast faster featur feed feedback feel fetch few field figur file fill filter final financ
financi find fine finish fire fit five fix flag flexibl float floor flow focus folder follow food forc form formal
format formula forth forum forward found foundat four fragment frame framework free frequent friday friend front
frontend full fulli fun function fund fundament further futur gain game gap gateway gave general generat generic get
git github give given global goal goe gone good googl got govern grab grant graph great greater green grid group
grow growth guess guid hack half hand handl happen happi hard hardwar hash head header health hear heavi height help
hidden hide hierarchi high higher highest highlight hint histor histori hit hold home hook hope host hour hous howev
html http https hub huge human icon ide idea ideal ident identifi ignor illustr imag imagin img immedi impact
implement import improv includ inclus incom incorrect increas increment independ index indic individu industri infer
infinit influenc info inform infrastructur initi inject inlin innov input insert insid insight inspir instal instanc
instant instead institut instruct instrument int integ integr intellig intend intens intent interact interest
interfac intermedi internal internet interpret interview introduc invalid invest investig invit invok involv iphon
isol issu item iter itself jan januari java javascript job join journal journey json juli jump keep kept key
keyboard kid kind knew know knowledg known label lack land landscap languag laptop larg larger last late later
latest launch law lay layer layout lead leader learn least leav left leg length less lesson let letter level librari
life light like limit line linear link linux list listen liter littl live load local locat lock log logic login long
longer look loop loos lose loss lost lot love low lower mac machin macro magic mail main maintain mainten major make
man manag manipul manual map mar march margin mark markdown market mass master match materi math mathemat matter max
maximum mayb mean meaning measur mechan media medium meet member memori men mental mention menu merg mess messag met
meta method metric microsoft mid middl migrat million min mind minim minimum minor minut miss mission mistak mitig
mix mobil mod mode model modern modif modifi modul moment money monitor month morn most motiv mount move movement
multipl multipli must name narrow nativ natur navig near necessari need negat nest net network news next nice node
non norm normal note notic notif npm null number numer object observ obvious occasion occur offer offic offici often
old older onc onlin onto open oper opinion opportun opposit optim option orchestr order org organiz orient origin
other otherwis outcom outlin output outsid overal overflow overlap overview owner ownership pack packag packet page
paid pain pair panel paper parallel param paramet parent part parti partial particip particular partner pass
password past paste patch path pattern paus pay payment pdf peer pend peopl per perfect perform period permiss
persist person perspect phase phone photo physic pick pictur piec pip pipelin place plain plan platform play pleas
plugin plus point polici polit pool poor pop popul popular port portion posit possibl post postgresql potenti power
practic pre precis predict prefer prepar presenc present press pressur pretti prevent previous price primari princip
principl print priorit prioriti privat privileg pro probabl problem procedur process produc product profession
profil program programm progress project promis promot prompt proper properti propos protect protocol prove provid
public publish pull purchas pure purpos push put python qualiti quantit queri question queue quick quit quot rais
ram ran random rang rank rapid rate rather ratio raw reach react read reader readi real realist realiz reason recal
receiv recent recogn recommend record recov recurs red redirect reduc ref refactor refer referenc refin reflect
refresh regard regardless region regist registr regular reject relat relationship releas relev reli reliabl remain
rememb remot remov renam render repeat replac replic repo report repositori repres represent request requir research
reserv reset resolut resolv resourc respect respond respons rest restart restor restrict result resum retriev return
reveal revers revert review rich right ring risk robot robust role roll room root rotat rough round rout router row
rule run safe safeti said salt sampl save saw say scalabl scale scan scenario schedul schema scheme school scienc
scope score screen screenshot script scroll search second secret section secur see seek seem seen segment select
self sell semant send sens sent separ sequenc seri serial serious serv server servic session set settl setup sever
shape share shell shift ship shop short shortcut shot show shown side sign signal signatur signific similar simpl
simpler simpli simplifi simul simultan singl sit site situat size skill skip sleep slide slow slowli small smaller
smart smooth snippet social soft softwar solid solut solv somehow someon someth sometim somewher soon sort sound
sourc space span speak spec special specif specifi speed spend spent split spot sql src ssh stabil stabl stack staff
stage stand standard star start startup stat state statement static statist status stay step stick stock stop storag
store stori straight strateg strategi stream strength stress string strip strong structur stuck student studi stuff
style sub subject submit subsequ subset success suffer suffici suggest suit sum summar summari super suppli support
surfac surpris surround sustain swap switch symbol sync syntax system tab tabl tag take taken talk target task tax
teach team tech technic techniqu technolog tell temp temperatur templat temporari ten tend term termin test text
thank theme themselv theori therefor think third thought thousand thread three throughout throw thus ticket tie tier
time timelin timestamp tip titl today todo togeth token took tool top topic total touch toward trace track tradit
traffic train transact transfer transform transit translat transpar transport travel treat tree tri trick trigger
true trust truth turn tutori twice type typescript typic ultim under understand understood uniqu unit unix unknown
unless unlik updat upgrad upload upon upper url usag use user usernam usual util val valid valu valuabl var vari
variabl variant variat varieti various vector verifi version via video view virtual visibl vision visit visual volum
vulner wait walk wall want war warn wast watch water way weak web websit week weight welcom well went whatev whenev
white whole wide width wiki wikipedia will win window wire within word work workflow workload workshop world worri
worth write written wrong wrote xml year yes yield youtub zero
"""
)
