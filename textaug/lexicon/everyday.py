"""Synonyms of the most common words, written by hand.

WordNet's senses of these are too fine, or its words for them are ones that nobody says. A line is a lemma,
its part of speech (n, v, a, r) and its synonyms, the best first; WordNet's come far behind them. `-`
is none.
"""

from functools import cache

_TABLE = """
good a: fine, decent, solid
good n: -
good r: -
bad a: poor, awful, lousy
bad n: -
bad r: -
great a: wonderful, excellent, superb, terrific
great n: -
nice a: pleasant, lovely, agreeable
happy a: glad, cheerful, joyful, pleased
sad a: unhappy, sorrowful, mournful
beautiful a: lovely, gorgeous, stunning
ugly a: unsightly, hideous
interesting a: intriguing, engaging, absorbing
boring a: dull, tedious, tiresome
entertaining a: amusing, enjoyable, diverting
enjoyable a: pleasant, entertaining, agreeable
predictable a: foreseeable, unsurprising
original a: fresh, novel, inventive
original n: -
old a: aged, elderly
new a: recent, fresh
young a: youthful
big a: large, sizable
small a: little, tiny
little a: small, tiny
little r: -
strong a: powerful, sturdy
weak a: feeble, frail
dark a: gloomy, dim, murky
serious a: grave, earnest, solemn
different a: distinct, dissimilar
true a: genuine, actual
real a: genuine, actual, authentic
real r: -
whole a: entire, complete
perfect a: flawless, ideal, faultless
perfect v: -
excellent a: outstanding, superb, splendid, first-rate
brilliant a: dazzling, superb, magnificent
clever a: smart, ingenious
smart a: clever, bright
funny a: amusing, comical, humorous, hilarious
fun n: enjoyment, amusement
hard a: difficult, tough
easy a: simple, effortless
important a: significant, crucial
obvious a: evident, clear, plain
able a: capable
poor a: weak, inferior
stupid a: foolish, silly, dumb
stupid n: -
awful a: dreadful, terrible, horrible
terrible a: awful, dreadful, horrible
horrible a: awful, dreadful, terrible
wonderful a: marvelous, fantastic, terrific
amazing a: astonishing, astounding, incredible
scary a: frightening, chilling
violent a: brutal
modern a: contemporary, present-day
main a: principal, chief, primary
special a: particular, exceptional
favorite a: preferred, best-loved
favorite n: -
long a: lengthy, extended
long v: yearn
short a: brief
long r: -
short r: -
short n: -
early a: initial
early r: -
late a: belated
dead a: deceased, lifeless
dead r: -
rich a: wealthy, affluent
cheap a: inexpensive, low-cost
human a: -
black a: -
white a: -
right a: correct, proper
right r: -
right n: -
wrong a: incorrect, mistaken
wrong r: -
high a: -
high r: -
low a: -
full a: complete, entire
last a: final
last v: endure, continue
last r: -
last n: -
sure a: certain, confident
sure r: -
movie n: film, picture, motion picture
film n: movie, picture, motion picture
film v: shoot
cinema n: -
flick n: film, movie
story n: tale, narrative
plot n: storyline, narrative
script n: screenplay
scene n: sequence
actor n: performer, player
actress n: performer
acting n: performance, playacting
director n: filmmaker
audience n: viewers, spectators
viewer n: spectator, watcher
character n: role, persona
role n: part, character
cast n: -
cast v: throw, toss
comedy n: -
drama n: -
horror n: terror, dread
music n: -
sound n: -
sound a: -
sound v: -
camera n: -
screen n: -
screen v: -
show n: -
series n: -
star n: -
star v: -
fan n: admirer, devotee, enthusiast
hero n: -
book n: volume
book v: reserve
word n: -
line n: -
line v: -
title n: -
title v: -
piece n: bit, fragment
genre n: -
style n: manner, fashion
version n: edition, variant
ending n: conclusion, finish
end n: ending, conclusion, finish
end v: finish, conclude, cease
beginning n: start, opening, outset
start n: beginning, outset
performance n: -
effect n: result, consequence
effect v: -
budget n: -
money n: cash, funds
people n: folks, individuals
person n: individual
man n: fellow, guy
man v: -
woman n: lady
guy n: fellow, man, chap
guy v: -
girl n: young woman, young lady
boy n: lad, youngster
kid n: child, youngster
kid v: joke, tease
child n: kid, youngster
friend n: pal, buddy, companion
family n: household
father n: dad
mother n: mom
wife n: spouse
husband n: spouse
brother n: sibling
sister n: sibling
time n: -
time v: -
year n: -
day n: -
night n: nighttime
minute n: moment
minute a: -
moment n: instant
life n: existence
death n: demise
world n: -
war n: warfare
thing n: matter
way n: manner, fashion
way r: -
lot n: great deal, good deal
bit n: -
kind n: sort, type
kind a: gentle, considerate
sort n: kind, type
part n: portion, section
point n: -
point v: -
place n: spot, location
place v: put, position
place r: -
fact n: -
idea n: thought, notion
reason n: cause, grounds
problem n: trouble, difficulty
question n: -
case n: instance
course n: -
matter n: affair, issue
matter v: count
chance n: opportunity
job n: task
work n: -
work v: operate, function
side n: -
head n: -
head v: -
face n: -
face v: confront
eye n: -
hand n: -
hand v: pass
heart n: -
mind n: -
mind v: -
house n: home, dwelling
house v: -
home n: house, dwelling
home r: -
home v: -
school n: -
game n: -
game v: -
name n: -
sense n: feeling
sense v: feel
sex n: -
sex v: -
love n: affection, passion
love v: adore, cherish
hate v: detest, despise, loathe
like v: enjoy, appreciate
like a: -
like n: -
enjoy v: like, appreciate, relish
watch v: view, observe
watch n: -
see v: view, witness
look v: -
look n: appearance
hear v: -
feel v: sense
feel n: -
think v: believe, suppose, reckon
know v: -
know n: -
believe v: think
guess v: suppose, reckon
mean v: intend
mean a: nasty, unkind
say v: state, declare
tell v: inform
talk v: speak, chat
walk v: stroll
walk n: stroll
talk n: -
want v: desire, wish
need v: require
need n: necessity
hope v: wish
try v: attempt, endeavor
try n: -
help v: assist, aid
get v: obtain, receive
go v: proceed
go n: -
come v: arrive
make v: create, produce
make n: -
do v: -
take v: -
take n: -
give v: provide, offer
give n: -
put v: -
set v: -
set n: -
set a: -
keep v: retain
let v: -
leave v: depart, exit
leave n: -
find v: discover
find n: -
show v: display, present
turn v: -
turn n: -
run v: -
run n: -
play v: perform
play n: -
move v: -
move n: -
live v: reside, dwell
live a: -
live r: -
die v: perish, expire
die n: -
kill v: slay, murder
lose v: -
win v: triumph, prevail
call v: -
call n: -
ask v: inquire
act v: perform, behave
act n: -
use v: employ, utilize
use n: -
become v: -
begin v: start, commence
happen v: occur, take place
appear v: emerge
expect v: anticipate
remember v: recall, recollect
read v: -
write v: compose, pen
stand v: -
stand n: -
stop v: halt, cease
stop n: -
recommend v: suggest, advise
waste v: squander
waste n: -
save v: rescue
laugh v: chuckle, giggle
laugh n: chuckle, giggle
care v: worry
care n: concern, attention
base v: ground
miss v: overlook
deal v: -
deal n: -
really r: truly, genuinely, actually
actually r: really, truly
always r: constantly, invariably
probably r: likely, presumably
maybe r: perhaps, possibly
perhaps r: maybe, possibly
definitely r: certainly, decidedly, unquestionably
certainly r: surely, definitely
simply r: merely, purely
especially r: particularly, notably
completely r: entirely, totally, wholly
totally r: completely, entirely, wholly
absolutely r: completely, utterly
extremely r: exceedingly, exceptionally
pretty r: fairly, reasonably
pretty a: attractive, lovely
finally r: eventually, ultimately, at last
often r: frequently
sometimes r: occasionally, at times
together r: jointly
back r: -
back n: -
back a: -
back v: support
away r: -
later r: afterward, subsequently
instead r: alternatively
enough n: -
enough a: sufficient, adequate
enough r: sufficiently
far r: -
far a: distant, remote
least r: -
start v: begin, commence
bore v: -
fall n: -
fall v: drop, tumble
murder n: killing, slaying
murder v: kill, slay
picture n: image
lead n: -
lead v: guide, direct
light n: -
romantic a: -
simple a: plain, uncomplicated
decent a: respectable, adequate
silly a: foolish, goofy
ridiculous a: absurd, ludicrous, preposterous
hilarious a: uproarious, hysterical
stuff n: material
stuff v: cram
song n: tune
change n: shift, alteration
change v: alter, modify
number n: -
order n: -
order v: command
view n: perspective
view v: regard, consider
interest n: -
direction n: -
art n: -
talent n: skill, gift
couple n: pair, duo
top n: -
rest n: remainder
past n: -
future n: -
close a: near
close v: shut
clear a: plain, evident
clear v: -
cool a: -
cool v: chill
wonder v: ponder
wonder n: marvel
involve v: include, concern
release v: issue
disappoint v: let down
annoying a: irritating, bothersome
annoy v: irritate, bother
typical a: usual, standard
complete a: total, entire
complete v: finish
late r: -
class n: -
opening n: -
voice n: -
quality n: -
country n: nation
alone a: -
alone r: solo
attention n: -
experience v: undergo
experience n: -
history n: -
video n: -
understand v: grasp, comprehend
attempt n: try, effort
attempt v: try
evil a: wicked, sinister
evil n: wickedness
"""


@cache
def everyday() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the synonyms by (lemma, pos).

    >>> everyday()["happy", "a"]
    ('glad', 'cheerful', 'joyful', 'pleased')
    """
    lines = (line.partition(": ") for line in _TABLE.strip().splitlines())
    return {(head[:-2], head[-1]): () if tail == "-" else tuple(tail.split(", ")) for head, _, tail in lines}
